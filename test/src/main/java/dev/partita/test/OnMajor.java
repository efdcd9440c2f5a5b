package dev.partita.test;

import java.lang.annotation.Annotation;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The share of one major in a test: skips it where there is no such server, gives it a database, and tells where it failed.
 *
 * @param asked the annotation that asked for this major
 */
record OnMajor(int major, boolean hostile, Annotation asked)
        implements ExecutionCondition, ParameterResolver, TestExecutionExceptionHandler {

    private static final ExtensionContext.Namespace DATABASES = ExtensionContext.Namespace.create(OnMajor.class);

    /** The annotation of ours that counts for a test or a class: its own, else that of the class around it. */
    static Optional<Annotation> nearest(ExtensionContext context) {
        return Stream.concat(
                        context.getTestMethod().stream(),
                        Stream.concat(
                                context.getTestClass().stream(),
                                context.getEnclosingTestClasses().stream()
                                        .sorted((outer, inner) -> outer.isAssignableFrom(inner) ? 0 : 1)))
                .flatMap(element -> Stream.of(OnPostgres.class, OnEveryPostgres.class)
                        .flatMap(type -> AnnotationSupport.findAnnotation(element, type).stream()))
                .map(Annotation.class::cast)
                .findFirst();
    }

    String displayName() {
        return "PostgreSQL " + major;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return !mine(context) || PostgresServer.majors().contains(major)
                ? ConditionEvaluationResult.enabled("PostgreSQL " + major + " is here")
                : ConditionEvaluationResult.disabled(PostgresServer.missing(major));
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return mine(context) && (type == TestDatabase.class || type == PostgresServer.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PostgresServer.class
                ? PostgresServer.shared(major)
                : context.getStore(DATABASES).computeIfAbsent(major, absent -> database(context), TestDatabase.class);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (mine(context)) {
            TestDatabase database = context.getStore(DATABASES).get(major, TestDatabase.class);
            if (database != null) {
                failure.addSuppressed(new Place(database));
            }
        }
        throw failure;
    }

    private boolean mine(ExtensionContext context) {
        return nearest(context).filter(asked::equals).isPresent();
    }

    private TestDatabase database(ExtensionContext context) {
        long seed = Long.getLong("partita.test.seed", 0) ^ context.getUniqueId().hashCode();
        return PostgresServer.shared(major)
                .freshDatabase(hostile ? SessionDefaults.hostile(seed) : SessionDefaults.plain());
    }

    /** Where a test has failed, to be read below its stack trace. */
    private static final class Place extends Throwable {

        private static final long serialVersionUID = 1L;

        private final String sentence;

        Place(TestDatabase database) {
            super(null, null, false, false);
            this.sentence = "in " + database;
        }

        @Override
        public String toString() {
            return sentence;
        }
    }
}
