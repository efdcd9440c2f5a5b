package dev.partita.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A limit that somebody has set, or lifted by the word {@code none}.
 *
 * @param value in bytes, milliseconds or pieces; empty where it is lifted
 */
record Limit(Optional<Long> value) {

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,9})\\s*([a-zA-Z]*)");

    private static Limit read(String text, Map<String, Long> units, String example) {
        if (text.strip().equals("none")) {
            return new Limit(Optional.empty());
        }
        Matcher words = NUMBER.matcher(text.strip());
        if (words.matches()) {
            Long unit = units.get(words.group(2).toLowerCase(Locale.ROOT));
            long number = Long.parseLong(words.group(1));
            if (unit != null && number > 0) {
                return new Limit(Optional.of(number * unit));
            }
        }
        throw new TypeConversionException("'" + text + "' is not " + example + ", or none");
    }

    /** Reads {@code 500ms}, {@code 5s} or {@code 2min}. */
    static final class Time implements ITypeConverter<Limit> {
        @Override
        public Limit convert(String text) {
            return read(text, Map.of("ms", 1L, "s", 1_000L, "min", 60_000L), "a time: write 500ms, 5s or 2min");
        }
    }

    /** Reads {@code 64MB} or {@code 10GB}, in units of 1024. */
    static final class Size implements ITypeConverter<Limit> {
        @Override
        public Limit convert(String text) {
            return read(
                    text,
                    Map.of("kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30, "tb", 1L << 40),
                    "a size: write 64MB or 10GB");
        }
    }

    /** Reads a number. */
    static final class Count implements ITypeConverter<Limit> {
        @Override
        public Limit convert(String text) {
            return read(text, Map.of("", 1L), "a number from 1 on");
        }
    }
}
