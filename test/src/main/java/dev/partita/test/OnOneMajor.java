package dev.partita.test;

import java.util.Optional;
import java.util.SortedSet;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** What {@link OnPostgres} asks for. */
final class OnOneMajor implements ExecutionCondition, ParameterResolver, TestExecutionExceptionHandler {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<OnMajor> major = major(context);
        if (major.isEmpty()) {
            return ConditionEvaluationResult.enabled("not a test of this kind");
        }
        if (!Majors.selected().contains(major.get().major())) {
            return ConditionEvaluationResult.disabled(
                    "PostgreSQL " + major.get().major() + " is not selected");
        }
        return major.get().evaluateExecutionCondition(context);
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return major(context)
                .filter(major -> major.supportsParameter(parameter, context))
                .isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return major(context).orElseThrow().resolveParameter(parameter, context);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Optional<OnMajor> major = major(context);
        if (major.isPresent()) {
            major.get().handleTestExecutionException(context, failure);
        }
        throw failure;
    }

    private static Optional<OnMajor> major(ExtensionContext context) {
        return OnMajor.nearest(context)
                .filter(OnPostgres.class::isInstance)
                .map(OnPostgres.class::cast)
                .map(asked -> new OnMajor(asked.value() == 0 ? newest() : asked.value(), asked.hostile(), asked));
    }

    private static int newest() {
        SortedSet<Integer> selected = Majors.selected();
        return selected.last();
    }
}
