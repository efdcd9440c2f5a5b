package dev.partita.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of connections. */
final class ConnectionCount implements ITypeConverter<Integer> {

    private static final Pattern DIGITS = Pattern.compile("\\d{1,3}");
    private static final int MOST = 16;

    @Override
    public Integer convert(String text) {
        int count = DIGITS.matcher(text.strip()).matches() ? Integer.parseInt(text.strip()) : 0;
        if (count < 1 || count > MOST) {
            throw new TypeConversionException(
                    "'" + text + "' is not a number of connections: write one from 1 to " + MOST);
        }
        return count;
    }
}
