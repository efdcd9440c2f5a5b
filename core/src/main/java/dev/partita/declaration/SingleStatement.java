package dev.partita.declaration;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.table.TableName;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out whether a text is exactly one {@code CREATE TABLE name (…)}, as PostgreSQL's lexer would see it.
 *
 * <p>Where the two could differ, this one sees more statements rather than fewer.
 *
 * @param sql the statement without its semicolon and without comments at its ends
 * @param table the table's name as it stands there, with a schema or without
 */
record SingleStatement(String sql, String table) {

    private static final Pattern HEAD =
            Pattern.compile("(?is)\\s*create\\s+table\\s+(?:if\\s+not\\s+exists\\s)?([^(]*)\\(");
    private static final Pattern PARTITION = Pattern.compile("(?is).*\\bpartition\\s+(by|of)\\b.*");
    private static final Pattern DOLLAR_TAG =
            Pattern.compile("\\$(?:[A-Za-z_\\x80-\\uffff][A-Za-z0-9_\\x80-\\uffff]*)?\\$");

    /** @throws PartitaException with a sentence that says what is wrong */
    static SingleStatement of(String text) {
        Masked masked = Masked.of(text);
        String code = masked.code;
        int semicolon = code.indexOf(';');
        if (semicolon >= 0) {
            if (!code.substring(semicolon).replace(';', ' ').isBlank()) {
                throw wrong(
                        "holds more than one statement",
                        "leave only the CREATE TABLE; indexes have a key of their own");
            }
            code = code.substring(0, semicolon);
        }
        Matcher head = HEAD.matcher(code);
        if (!head.lookingAt()) {
            throw wrong("is not a CREATE TABLE with a list of columns", "write: CREATE TABLE name (column type, …)");
        }
        int close = closing(code, head.end() - 1);
        String tail = code.substring(close + 1);
        if (PARTITION.matcher(head.group(1)).matches()
                || PARTITION.matcher(tail).matches()) {
            throw wrong("says PARTITION BY or PARTITION OF, which partita adds itself", "leave that clause out");
        }
        if (!tail.isBlank()) {
            throw wrong(
                    "goes on after its list of columns: " + tail.strip(),
                    "end it with the closing parenthesis, since PARTITION BY comes next; storage options and tablespace"
                            + " belong under leaf:");
        }
        int begin = code.length() - code.stripLeading().length();
        String name = masked.withoutComments.substring(head.start(1), head.end(1));
        return new SingleStatement(text.substring(begin, close + 1), tableName(name.strip()));
    }

    private static String tableName(String name) {
        try {
            TableName.parse(name);
            return name;
        } catch (PartitaException e) {
            throw wrong(
                    "has no table's name before its list of columns: "
                            + e.problems().get(0).message(),
                    "write: CREATE TABLE name (…)");
        }
    }

    private static int closing(String code, int open) {
        int depth = 0;
        for (int at = open; at < code.length(); at++) {
            if (code.charAt(at) == '(') {
                depth++;
            } else if (code.charAt(at) == ')' && --depth == 0) {
                return at;
            }
        }
        throw wrong("does not close its list of columns", "add the missing parenthesis");
    }

    private static PartitaException wrong(String message, String wayOut) {
        return new PartitaException(
                Problem.of(ProblemCode.CREATE_SQL_INVALID, "create", "the statement " + message, wayOut));
    }

    /**
     * The text with what is not code painted over, each character in its old place.
     *
     * @param code comments are blanks, whatever stands in quotes is {@code ?}
     * @param withoutComments only comments are blanks
     */
    private record Masked(String code, String withoutComments) {

        static Masked of(String text) {
            char[] code = text.toCharArray();
            char[] withoutComments = text.toCharArray();
            int at = 0;
            while (at < text.length()) {
                int end = endOfComment(text, at);
                if (end > at) {
                    Arrays.fill(withoutComments, at, end, ' ');
                    Arrays.fill(code, at, end, ' ');
                } else {
                    end = endOfQuoted(text, at);
                    if (end > at) {
                        Arrays.fill(code, at, end, '?');
                    }
                }
                at = Math.max(end, at + 1);
            }
            return new Masked(new String(code), new String(withoutComments));
        }

        /** The end of the comment that begins here, or here when none does. */
        private static int endOfComment(String text, int from) {
            if (text.startsWith("--", from)) {
                int at = from;
                while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                    at++;
                }
                return at;
            }
            if (!text.startsWith("/*", from)) {
                return from;
            }
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
            throw wrong("does not close a comment", "add the missing */");
        }

        /** The end of the string or quoted name that begins here, or here when none does. */
        private static int endOfQuoted(String text, int from) {
            char c = text.charAt(from);
            if (c == '\'' || c == '"') {
                return endOfQuotes(text, from, c == '\'' && escapes(text, from));
            }
            if (c != '$' || from > 0 && inName(text.charAt(from - 1))) {
                return from;
            }
            Matcher tag = DOLLAR_TAG.matcher(text).region(from, text.length());
            if (!tag.lookingAt()) {
                return from;
            }
            int close = text.indexOf(tag.group(), tag.end());
            if (close < 0) {
                throw wrong("does not close a dollar quote", "add the missing " + tag.group());
            }
            return close + tag.group().length();
        }

        /** Whether a quote begins a string with backslash escapes: {@code E'…'}, but not {@code date'…'}. */
        private static boolean escapes(String text, int quote) {
            return quote > 0
                    && (text.charAt(quote - 1) == 'E' || text.charAt(quote - 1) == 'e')
                    && (quote == 1 || !inName(text.charAt(quote - 2)));
        }

        private static boolean inName(char c) {
            return c >= '\u0080' || c == '_' || c == '$' || Character.isLetterOrDigit(c);
        }

        private static int endOfQuotes(String text, int from, boolean escapes) {
            char quote = text.charAt(from);
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
            throw wrong("does not close a quote", "add the missing " + quote);
        }
    }
}
