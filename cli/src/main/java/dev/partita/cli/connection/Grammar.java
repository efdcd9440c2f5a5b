package dev.partita.cli.connection;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a setting's value may look like, and how the driver spells it. */
sealed interface Grammar {

    /** The value as the driver spells it, or empty when it is none. */
    Optional<String> read(Spelling spelling, String value);

    /** What would have been right, for the message. */
    String expected(Spelling spelling);

    /** Anything without control characters. */
    record Text() implements Grammar {
        @Override
        public Optional<String> read(Spelling spelling, String value) {
            return Optional.of(value).filter(text -> text.chars().noneMatch(Character::isISOControl));
        }

        @Override
        public String expected(Spelling spelling) {
            return "text without control characters";
        }
    }

    /** A name in the database, where every character but NUL is legal. */
    record Name() implements Grammar {
        @Override
        public Optional<String> read(Spelling spelling, String value) {
            return Optional.of(value).filter(text -> text.indexOf('\0') < 0);
        }

        @Override
        public String expected(Spelling spelling) {
            return "a name without a NUL character";
        }
    }

    /** What a pattern matches. */
    record Matching(Pattern pattern, String expected) implements Grammar {
        @Override
        public Optional<String> read(Spelling spelling, String value) {
            return Optional.of(value.strip())
                    .filter(text -> pattern.matcher(text).matches());
        }

        @Override
        public String expected(Spelling spelling) {
            return expected;
        }
    }

    /** One of a few words, which the two worlds may spell differently. */
    record OneOf(Map<String, String> libpq, Map<String, String> jdbc) implements Grammar {
        @Override
        public Optional<String> read(Spelling spelling, String value) {
            return Optional.ofNullable(words(spelling).get(value.strip()));
        }

        @Override
        public String expected(Spelling spelling) {
            return "one of " + String.join(", ", new TreeSet<>(words(spelling).keySet()));
        }

        private Map<String, String> words(Spelling spelling) {
            return spelling == Spelling.JDBC ? jdbc : libpq;
        }
    }
}
