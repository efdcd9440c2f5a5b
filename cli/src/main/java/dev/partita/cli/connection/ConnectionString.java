package dev.partita.cli.connection;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a connection string: a libpq URL, a JDBC URL or libpq keywords.
 *
 * <p>No message repeats any of the text, because what cannot be understood may hold a password.
 */
final class ConnectionString {

    private static final Pattern PASSWORD_KEY =
            Pattern.compile("(?i)(^|[\\s?&;'])(password|passwd|pwd|pgpassword|sslpassword)\\s*=");

    private final String text;
    private final Settings.Collected settings;

    private ConnectionString(String text, String origin) {
        this.text = text;
        this.settings = new Settings.Collected(origin);
    }

    /**
     * What the text says.
     *
     * @param origin who gave the text, as messages name it
     * @throws PartitaException when it holds a password, cannot be understood, or asks for what is refused
     */
    static Settings read(String text, String origin) {
        return new ConnectionString(text.strip(), origin).read();
    }

    private Settings read() {
        if (PASSWORD_KEY.matcher(text).find()) {
            throw new PartitaException(Settings.passwordFound(settings.origin()));
        }
        if (text.startsWith("postgresql://") || text.startsWith("postgres://")) {
            url(text.substring(text.indexOf("//") + 2), Spelling.LIBPQ);
        } else if (text.startsWith("jdbc:postgresql://")) {
            url(text.substring(text.indexOf("//") + 2), Spelling.JDBC);
        } else if (text.startsWith("jdbc:postgresql:")) {
            path(text.substring("jdbc:postgresql:".length()), Spelling.JDBC);
        } else if (text.contains("=") && !text.contains("://")) {
            keywords();
        } else {
            throw invalid("it is neither a libpq URL, nor a JDBC URL for PostgreSQL, nor keywords");
        }
        return settings.settings();
    }

    /** {@code user@host:port,host:port/database?name=value&…}, all of it optional. */
    private void url(String rest, Spelling spelling) {
        int end = firstOf(rest, "/?", 0);
        String authority = rest.substring(0, end);
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String user = authority.substring(0, at);
            if (user.indexOf(':') >= 0) {
                throw new PartitaException(Settings.passwordFound(settings.origin()));
            }
            put(spelling, Setting.USER, decoded(user, spelling));
        } else if (authority.indexOf(':') >= 0 && rest.indexOf('@', end) >= 0 && !portsAreNumbers(authority)) {
            // user:pass/word@host: the slash of the password ends the authority, and a part of it looks like a port.
            throw new PartitaException(Settings.passwordFound(settings.origin()));
        }
        hosts(authority.substring(at + 1), spelling);
        path(rest.substring(rest.startsWith("/", end) ? end + 1 : end), spelling);
    }

    private static boolean portsAreNumbers(String authority) {
        for (String host : authority.split(",", -1)) {
            int colon = host.lastIndexOf(':');
            boolean port = colon > host.lastIndexOf(']');
            if (port && !host.substring(colon + 1).chars().allMatch(Character::isDigit)) {
                return false;
            }
        }
        return true;
    }

    private void hosts(String authority, Spelling spelling) {
        if (authority.isEmpty()) {
            return;
        }
        List<String> hosts = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String one : authority.split(",", -1)) {
            int bracket = one.lastIndexOf(']');
            int colon = one.indexOf(':', bracket + 1);
            String host = colon < 0 ? one : one.substring(0, colon);
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            }
            hosts.add(decoded(host, spelling));
            ports.add(colon < 0 ? "" : one.substring(colon + 1));
        }
        put(spelling, Setting.HOST, String.join(",", hosts));
        if (ports.stream().anyMatch(port -> !port.isEmpty())) {
            put(spelling, Setting.PORT, String.join(",", ports));
        }
    }

    /** {@code database?name=value&…} */
    private void path(String rest, Spelling spelling) {
        int question = firstOf(rest, "?", 0);
        String database = rest.substring(0, question);
        if (database.indexOf('/') >= 0 || database.indexOf('@') >= 0) {
            throw invalid("a / or @ in the name of the user or database is written %2F or %40");
        }
        put(spelling, Setting.DATABASE, decoded(database, spelling));
        if (question == rest.length()) {
            return;
        }
        int number = 0;
        for (String pair : rest.substring(question + 1).split("&", -1)) {
            number++;
            int equals = pair.indexOf('=');
            if (pair.isEmpty()) {
                continue;
            }
            if (equals < 0) {
                throw invalid("setting " + number + " after the ? has no =");
            }
            String name = decoded(pair.substring(0, equals), spelling);
            String value = decoded(pair.substring(equals + 1), spelling);
            settings.put(spelling, name, value, "setting " + number + " after the ?");
        }
    }

    /** A part of the URL that has a place of its own, not a name. */
    private void put(Spelling spelling, Setting setting, String value) {
        if (!value.isEmpty()) {
            settings.put(setting, setting.read(spelling, value, settings.origin()), settings.origin());
        }
    }

    /** {@code name = value name='value with \' and \\'}: libpq's own form. */
    private void keywords() {
        int at = 0;
        int number = 0;
        while (at < text.length()) {
            number++;
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                throw invalid("keyword " + number + " has no =");
            }
            String name = text.substring(at, equals).strip();
            if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
                throw invalid("keyword " + number + " is not of the form name=value");
            }
            at = afterSpace(equals + 1);
            StringBuilder value = new StringBuilder();
            boolean quoted = text.startsWith("'", at);
            at = quoted ? quotedValue(at + 1, value) : plainValue(at, value);
            settings.put(Spelling.LIBPQ, name, value.toString(), "keyword " + number);
            at = afterSpace(at);
        }
    }

    private int quotedValue(int from, StringBuilder value) {
        int at = from;
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '\'') {
                return at + 1;
            }
            at = unescaped(at, value);
        }
        throw invalid("a quoted value has no end");
    }

    private int plainValue(int from, StringBuilder value) {
        int at = from;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at = unescaped(at, value);
        }
        return at;
    }

    private int unescaped(int at, StringBuilder value) {
        boolean escape = text.charAt(at) == '\\' && at + 1 < text.length();
        value.append(text.charAt(escape ? at + 1 : at));
        return escape ? at + 2 : at + 1;
    }

    private int afterSpace(int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int firstOf(String text, String characters, int from) {
        int at = from;
        while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Percent-decoding into UTF-8; the driver also reads + as a space, libpq does not. */
    private String decoded(String text, Spelling spelling) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '%') {
                int high = at + 2 < bytes.length ? Character.digit(bytes[at + 1], 16) : -1;
                int low = at + 2 < bytes.length ? Character.digit(bytes[at + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw invalid("a % is not followed by two hexadecimal digits; a plain % is written %25");
                }
                decoded.put((byte) (high * 16 + low));
                at += 2;
            } else {
                decoded.put(bytes[at] == '+' && spelling == Spelling.JDBC ? (byte) ' ' : bytes[at]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException e) {
            throw invalid("what is written with % is not UTF-8");
        }
    }

    private PartitaException invalid(String why) {
        return new PartitaException(Problem.of(
                ProblemCode.CONNECTION_STRING_INVALID,
                settings.origin(),
                "the connection string cannot be read: " + why,
                "write postgresql://user@host:5432/database?sslmode=verify-full",
                "or jdbc:postgresql://host:5432/database?user=…, or host=… dbname=… user=…"));
    }
}
