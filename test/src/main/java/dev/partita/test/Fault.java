package dev.partita.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which faults a test proves that partita survives, by their numbers in {@code docs/design/faults.md}.
 *
 * <p>Numbers are never given twice. A golden story says the same in a line {@code Faults: 65, 66} of its introduction.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Fault {

    /** The numbers. */
    int[] value();
}
