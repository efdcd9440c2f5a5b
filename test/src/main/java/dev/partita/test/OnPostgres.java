package dev.partita.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test on one PostgreSQL: on a method in place of {@link Test}, or on a class for all its tests.
 *
 * <p>A test, its constructor or its {@code @BeforeEach} takes a {@link TestDatabase}, the same one within one test, or the
 * {@link PostgresServer}. Taken by a {@code @BeforeAll} method, the database is shared by the tests of the class. A test whose
 * server can't be had on this platform is skipped and says so. The annotation nearest to a test counts.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(OnOneMajor.class)
public @interface OnPostgres {

    /** The major; by default the newest of those that {@code -Dpartita.test.majors=14,18} selects, of all without it. */
    int value() default 0;

    /** Whether the sessions of the tables' owner start with hostile settings, drawn by the test's name and {@code -Dpartita.test.seed}. */
    boolean hostile() default true;
}
