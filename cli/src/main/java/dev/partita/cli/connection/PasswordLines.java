package dev.partita.cli.connection;

import java.util.List;
import java.util.Optional;

/**
 * The lines of libpq's password file: {@code host:port:database:user:password}.
 *
 * <p>As libpq reads them: the first line that fits wins; a field that is {@code *} fits everything; a backslash takes
 * the next character literally; lines that begin with # and lines with too few fields say nothing.
 */
final class PasswordLines {

    private final char[] text;

    PasswordLines(char[] text) {
        this.text = text;
    }

    /** The password of the first line whose fields fit, in the order of the line; empty when it has none. */
    Optional<Secret> find(List<String> fields) {
        int start = 0;
        while (start < text.length) {
            int end = start;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            int password = text[start] == '#' ? -1 : afterMatching(fields, start, end);
            if (password >= 0) {
                return Optional.of(password(password, end)).filter(secret -> !secret.isEmpty());
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    /** Where the password begins, or -1 when a field of the line does not fit. */
    private int afterMatching(List<String> fields, int start, int end) {
        int at = start;
        for (String field : fields) {
            at = afterField(field, at, end);
            if (at < 0) {
                return -1;
            }
        }
        return at;
    }

    private int afterField(String field, int start, int end) {
        if (start + 1 < end && text[start] == '*' && text[start + 1] == ':') {
            return start + 2;
        }
        int at = start;
        for (int i = 0; i < field.length(); i++) {
            if (at + 1 < end && text[at] == '\\') {
                at++;
            }
            if (at >= end || text[at] != field.charAt(i)) {
                return -1;
            }
            at++;
        }
        return at < end && text[at] == ':' ? at + 1 : -1;
    }

    /** Up to the end of the line or an unescaped colon. */
    private Secret password(int start, int end) {
        char[] password = new char[end - start];
        int length = 0;
        for (int at = start; at < end && text[at] != ':' && text[at] != '\r'; at++) {
            if (text[at] == '\\' && at + 1 < end) {
                at++;
            }
            password[length++] = text[at];
        }
        return Secret.takenFrom(password, 0, length);
    }
}
