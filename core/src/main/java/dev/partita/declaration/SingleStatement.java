package dev.partita.declaration;

import java.util.regex.Pattern;

/** Finds out whether a text is exactly one CREATE TABLE, as PostgreSQL's lexer would see it. */
final class SingleStatement {

    private static final Pattern CREATE = Pattern.compile("(?is)create\\s+table\\b.*");
    private static final Pattern PARTITION_BY = Pattern.compile("(?is).*\\bpartition\\s+(by|of)\\b.*");
    private static final Pattern DOLLAR_TAG =
            Pattern.compile("\\$(?:[A-Za-z_\\x80-\\uffff][A-Za-z0-9_\\x80-\\uffff]*)?\\$");

    private SingleStatement() {}

    /**
     * The statement without comments at its ends and without its semicolon.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static String of(String text) {
        StringBuilder code = new StringBuilder();
        int end = scan(text, code);
        String rest = text.substring(Math.min(end + 1, text.length()));
        StringBuilder restCode = new StringBuilder();
        if (scan(rest, restCode) < rest.length() || !restCode.toString().isBlank()) {
            throw new IllegalArgumentException(
                    "create: holds more than one statement; indexes have a key of their own");
        }
        String bare = code.toString().strip();
        if (!CREATE.matcher(bare).matches()) {
            throw new IllegalArgumentException("create: must be a CREATE TABLE statement");
        }
        if (PARTITION_BY.matcher(bare).matches()) {
            throw new IllegalArgumentException(
                    "create: must be without PARTITION BY or PARTITION OF, which partita adds itself");
        }
        return text.substring(0, end).strip();
    }

    /**
     * Walks to the first semicolon outside quotes and comments.
     *
     * @param code receives what is neither comment nor quoted
     * @return where the semicolon is, or the text's length
     */
    private static int scan(String text, StringBuilder code) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ';') {
                return at;
            } else if (text.startsWith("--", at)) {
                int line = text.indexOf('\n', at);
                at = line < 0 ? text.length() : line;
                code.append(' ');
            } else if (text.startsWith("/*", at)) {
                at = comment(text, at);
                code.append(' ');
            } else if (c == '\'' || c == '"') {
                boolean escapes = c == '\'' && at > 0 && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e');
                at = quoted(text, at, c, escapes);
                code.append('?');
            } else if (c == '$') {
                at = dollar(text, at);
                code.append('?');
            } else {
                code.append(c);
                at++;
            }
        }
        return text.length();
    }

    private static int comment(String text, int from) {
        int depth = 0;
        int at = from;
        while (at < text.length()) {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
                if (depth == 0) {
                    return at;
                }
            } else {
                at++;
            }
        }
        throw new IllegalArgumentException("create: a comment is not closed");
    }

    private static int quoted(String text, int from, char quote, boolean escapes) {
        int at = from + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (escapes && c == '\\') {
                at += 2;
            } else if (c != quote) {
                at++;
            } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
                at += 2;
            } else {
                return at + 1;
            }
        }
        throw new IllegalArgumentException("create: a quote is not closed");
    }

    private static int dollar(String text, int from) {
        var tag = DOLLAR_TAG.matcher(text).region(from, text.length());
        if (!tag.lookingAt()) {
            return from + 1;
        }
        int close = text.indexOf(tag.group(), tag.end());
        if (close < 0) {
            throw new IllegalArgumentException("create: a dollar quote is not closed");
        }
        return close + tag.group().length();
    }
}
