package dev.partita.test;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link OnEveryPostgres} asks for: one invocation for each major. */
final class OnEachMajor
        implements ClassTemplateInvocationContextProvider, TestTemplateInvocationContextProvider, ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return asksByItself(context) && majors(context).isEmpty()
                ? ConditionEvaluationResult.disabled("no selected major is in the range of this test")
                : ConditionEvaluationResult.enabled("some majors are selected");
    }

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return asksByItself(context);
    }

    @Override
    public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(ExtensionContext context) {
        return invocations(context).map(OfClass::new);
    }

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return asksByItself(context);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return invocations(context).map(OfTest::new);
    }

    /** The other servers start while the first runs its tests. */
    private static Stream<OnMajor> invocations(ExtensionContext context) {
        List<OnMajor> majors = majors(context);
        PostgresServer.startAhead(majors.stream().map(OnMajor::major).toList());
        return majors.stream();
    }

    private static List<OnMajor> majors(ExtensionContext context) {
        OnEveryPostgres asked = AnnotationSupport.findAnnotation(context.getElement(), OnEveryPostgres.class)
                .orElseThrow();
        return Majors.selected().stream()
                .filter(major -> major >= asked.from() && major <= asked.to())
                .map(major -> new OnMajor(major, asked.hostile(), asked))
                .toList();
    }

    private static boolean asksByItself(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getElement(), OnEveryPostgres.class);
    }

    private record OfClass(OnMajor major) implements ClassTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocation) {
            return major.displayName();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(major);
        }
    }

    private record OfTest(OnMajor major) implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocation) {
            return major.displayName();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(major);
        }
    }
}
