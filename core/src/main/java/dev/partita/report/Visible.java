package dev.partita.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes text from elsewhere safe to look at. A name may hold a newline that forges a line of our output, a code that clears
 * the terminal, or a mark that turns the direction of reading; each such character is shown as its number instead.
 */
public final class Visible {

    private Visible() {}

    /** The text on one line, with every character that has no shape of its own written as <code>&#92;u202e</code>. */
    public static String of(String text) {
        if (text.codePoints().noneMatch(Visible::hidden)) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            if (hidden(character)) {
                visible.append(String.format(character < 0x10000 ? "\\u%04x" : "\\u{%x}", character));
            } else {
                visible.appendCodePoint(character);
            }
        });
        return visible.toString();
    }

    /** Of anything that a person reads: identifiers, table names. */
    static String of(Object name) {
        return of(name.toString());
    }

    private static boolean hidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            case Character.SPACE_SEPARATOR -> character != ' ';
            default -> false;
        };
    }

    /** How many columns of a terminal the text takes. */
    static int width(String text) {
        return text.codePoints().map(Visible::width).sum();
    }

    private static int width(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return wide(character) ? 2 : 1;
    }

    /** East Asian wide and full-width characters, and pictures. */
    private static boolean wide(int character) {
        return character >= 0x1100
                && (character <= 0x115f
                        || character >= 0x2e80 && character <= 0xa4cf
                        || character >= 0xac00 && character <= 0xd7a3
                        || character >= 0xf900 && character <= 0xfaff
                        || character >= 0xfe30 && character <= 0xfe6f
                        || character >= 0xff00 && character <= 0xff60
                        || character >= 0xffe0 && character <= 0xffe6
                        || character >= 0x1f300 && character <= 0x1faff
                        || character >= 0x20000 && character <= 0x3fffd);
    }

    /** The text in lines that are no wider, but for words that are; broken at spaces. */
    public static List<String> wrapped(String text, int width) {
        return wrapped(text, width, width);
    }

    /** The same, where the first line may be narrower than the others, or wider. */
    static List<String> wrapped(String text, int first, int others) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && width(line.toString()) + 1 + width(word) > (lines.isEmpty() ? first : others)) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** The text, filled up with spaces to a width. */
    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** The text with spaces before it. */
    static String rightAligned(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text))) + text;
    }
}
