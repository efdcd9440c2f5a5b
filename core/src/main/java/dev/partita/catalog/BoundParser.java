package dev.partita.catalog;

import dev.partita.table.KeyType;
import dev.partita.table.ListValue;
import dev.partita.table.PartitionBound;
import dev.partita.table.PartitionKey;
import dev.partita.table.RangeLimit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Understands what {@code pg_get_expr(relpartbound, 0)} prints under {@link SessionSettings#PINNED}.
 *
 * <p>PostgreSQL quotes irregularly: {@code FROM (0)}, {@code FROM ('-10')}, {@code FROM (MINVALUE)}, {@code IN ('NULL',
 * NULL, true)}. Whatever is not understood becomes {@link PartitionBound.Opaque}, never a guess.
 */
final class BoundParser {

    private final String text;
    private final Limits limits;
    private int at;

    private BoundParser(String text, Limits limits) {
        this.text = text;
        this.limits = limits;
    }

    /**
     * The bound of a partition.
     *
     * @param text as PostgreSQL prints it
     * @param key of the partitioned table to which the partition belongs
     * @param limits those that are known from other bounds
     */
    static PartitionBound parse(String text, PartitionKey key, Limits limits) {
        try {
            return new BoundParser(text, limits).bound(key).orElseGet(() -> new PartitionBound.Opaque(text));
        } catch (NotUnderstood e) {
            return new PartitionBound.Opaque(text);
        }
    }

    private Optional<PartitionBound> bound(PartitionKey key) throws NotUnderstood {
        if (text.equals("DEFAULT")) {
            return Optional.of(new PartitionBound.Default());
        }
        words("FOR VALUES ");
        return switch (key.method()) {
            case HASH -> hash();
            case LIST -> list(key);
            case RANGE -> range(key);
        };
    }

    private Optional<PartitionBound> hash() throws NotUnderstood {
        words("WITH (modulus ");
        int modulus = number();
        words(", remainder ");
        int remainder = number();
        words(")");
        end();
        return remainder < modulus ? Optional.of(new PartitionBound.Hash(modulus, remainder)) : Optional.empty();
    }

    private Optional<PartitionBound> list(PartitionKey key) throws NotUnderstood {
        words("IN ");
        List<Token> tokens = tokens();
        end();
        if (key.singleColumn().isEmpty()) {
            return Optional.empty();
        }
        Set<ListValue> values = new HashSet<>();
        for (Token token : tokens) {
            values.add(token.isWord("NULL") ? ListValue.NULL : new ListValue(token.text()));
        }
        return Optional.of(new PartitionBound.Values(values));
    }

    private Optional<PartitionBound> range(PartitionKey key) throws NotUnderstood {
        words("FROM ");
        List<Token> from = tokens();
        words(" TO ");
        List<Token> to = tokens();
        end();
        PartitionKey.Part part = key.parts().get(0);
        // Another operator class may order the values in another way.
        if (key.singleColumn().isEmpty()
                || part.operatorClass().isPresent()
                || !part.type().hasAxis()
                || from.size() != 1
                || to.size() != 1) {
            return Optional.empty();
        }
        Optional<RangeLimit> lower = limit(from.get(0), part.type());
        Optional<RangeLimit> upper = limit(to.get(0), part.type());
        return lower.isPresent() && upper.isPresent() && lower.get().isBefore(upper.get())
                ? Optional.of(new PartitionBound.Range(lower.get(), upper.get()))
                : Optional.empty();
    }

    private Optional<RangeLimit> limit(Token token, KeyType type) {
        if (token.isWord("MINVALUE")) {
            return Optional.of(RangeLimit.MINVALUE);
        }
        if (token.isWord("MAXVALUE")) {
            return Optional.of(RangeLimit.MAXVALUE);
        }
        return limits.of(type, token.text());
    }

    /** Values in parentheses, separated by commas. */
    private List<Token> tokens() throws NotUnderstood {
        words("(");
        List<Token> tokens = new ArrayList<>();
        tokens.add(token());
        while (!text.startsWith(")", at)) {
            words(", ");
            tokens.add(token());
        }
        words(")");
        return tokens;
    }

    private Token token() throws NotUnderstood {
        return text.startsWith("'", at) ? quoted() : bare();
    }

    private Token quoted() throws NotUnderstood {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '\'') {
                value.append(c);
            } else if (text.startsWith("''", at)) {
                value.append(c);
                at++;
            } else {
                at++;
                return new Token(value.toString(), true);
            }
        }
        throw new NotUnderstood();
    }

    private Token bare() throws NotUnderstood {
        int from = at;
        while (at < text.length() && isBare(text.charAt(at))) {
            at++;
        }
        if (at == from) {
            throw new NotUnderstood();
        }
        return new Token(text.substring(from, at), false);
    }

    private static boolean isBare(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+';
    }

    private int number() throws NotUnderstood {
        try {
            return Integer.parseInt(bare().text());
        } catch (NumberFormatException e) {
            throw new NotUnderstood();
        }
    }

    private void words(String expected) throws NotUnderstood {
        if (!text.startsWith(expected, at)) {
            throw new NotUnderstood();
        }
        at += expected.length();
    }

    private void end() throws NotUnderstood {
        if (at != text.length()) {
            throw new NotUnderstood();
        }
    }

    /** Limits of ranges by their text. Neighbours share one, and tables of the same period share all, so each is read once. */
    static final class Limits {

        private final Map<KeyType, Map<String, Optional<RangeLimit>>> known = new EnumMap<>(KeyType.class);

        private Optional<RangeLimit> of(KeyType type, String text) {
            return known.computeIfAbsent(type, first -> new HashMap<>()).computeIfAbsent(text, type::limit);
        }
    }

    /** A value, or a word such as {@code NULL} or {@code MAXVALUE} that means one. */
    private record Token(String text, boolean quoted) {

        boolean isWord(String word) {
            return !quoted && text.equals(word);
        }
    }

    /** Thrown and caught in here only. */
    private static final class NotUnderstood extends Exception {

        private static final long serialVersionUID = 1L;

        NotUnderstood() {
            super(null, null, false, false);
        }
    }
}
