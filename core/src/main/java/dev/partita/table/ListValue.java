package dev.partita.table;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Storable;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * One value of a list partition.
 *
 * @param text the value as PostgreSQL prints it for the key's type; null is SQL's NULL, which a list may name
 */
public record ListValue(@Nullable String text) {

    public static final ListValue NULL = new ListValue(null);

    public ListValue {
        if (text != null) {
            Storable.flaw(text).ifPresent(flaw -> {
                throw invalid("a value " + flaw, "leave that character out");
            });
        }
    }

    /**
     * A value as PostgreSQL prints it.
     *
     * @param value null, a text, a whole number, a boolean, or an enum constant, whose name is taken
     * @throws PartitaException for anything else, whose text would be a guess
     */
    public static ListValue of(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        boolean clear = value instanceof CharSequence
                || value instanceof Boolean
                || value instanceof Short
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger;
        if (!clear && !(value instanceof Enum<?>)) {
            throw invalid(
                    "a list holds texts, whole numbers, booleans, enums or null, not a "
                            + value.getClass().getSimpleName(),
                    "write the value as the text that PostgreSQL prints");
        }
        return new ListValue(value instanceof Enum<?> constant ? constant.name() : value.toString());
    }

    private static PartitaException invalid(String message, String wayOut) {
        return new PartitaException(Problem.of(ProblemCode.VALUE_INVALID, "value", message, wayOut));
    }

    @Override
    public String toString() {
        return text == null ? "NULL" : text;
    }
}
