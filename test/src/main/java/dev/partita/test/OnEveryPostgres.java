package dev.partita.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test on every supported major of PostgreSQL, one after the other: on a method in place of {@code @Test}, or on a class for
 * all its tests. Everything else is as {@link OnPostgres} says.
 *
 * <p>{@code -Dpartita.test.majors=14,18} or the environment variable {@code PARTITA_TEST_MAJORS} narrows the set.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ClassTemplate
@ExtendWith(OnEachMajor.class)
public @interface OnEveryPostgres {

    /** The oldest major that has what the test needs. */
    int from() default 0;

    /** The newest major of which the test's expectation is true. */
    int to() default Integer.MAX_VALUE;

    /** As in {@link OnPostgres#hostile}. */
    boolean hostile() default true;
}
