package dev.partita.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 300ms} or {@code 2s}. */
final class LockTimeout implements ITypeConverter<Duration> {

    private static final Pattern WORDS = Pattern.compile("(\\d{1,5})\\s*(ms|s)");
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Override
    public Duration convert(String text) {
        Matcher words = WORDS.matcher(text.strip());
        if (!words.matches()) {
            throw new TypeConversionException("'" + text + "' is not a time: write 300ms or 2s");
        }
        long number = Long.parseLong(words.group(1));
        Duration timeout = words.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
        if (timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
            throw new TypeConversionException("'" + text + "' is out of bounds: from 1ms to 30s");
        }
        return timeout;
    }
}
