package dev.partita.catalog;

import dev.partita.catalog.Server.DatabaseIdentity;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;

/** How lines of ours stand in comments of relations, before what people write there. */
final class CommentLine {

    /** Which relation, and in which database: three groups. A line ends with it, so that a copy of the comment tells that it is one. */
    static final String IDENTITY = "oid (\\d{1,10}) of (\\S+)@(\\S+)";

    private CommentLine() {}

    static String identity(long oid, DatabaseIdentity database) {
        return "oid " + oid + " of " + encoded(database.database()) + "@" + encoded(database.systemIdentifier());
    }

    /** From the group of {@link #IDENTITY} that is given. */
    static long oid(Matcher line, int group) {
        return Long.parseLong(line.group(group));
    }

    /** From the group of {@link #IDENTITY} that is given, and the next. */
    static DatabaseIdentity database(Matcher line, int group) {
        return new DatabaseIdentity(decoded(line.group(group + 1)), decoded(line.group(group)));
    }

    static String first(String comment) {
        int end = comment.indexOf('\n');
        return end < 0 ? comment : comment.substring(0, end);
    }

    /** What stands below the first line; empty when there is none. */
    static Optional<String> below(String comment) {
        int end = comment.indexOf('\n');
        return end < 0 ? Optional.empty() : Optional.of(comment.substring(end + 1));
    }

    /** Ordinary names stay readable; a point, a space or a line break in one would be taken for the end of it. */
    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace(".", "%2E");
    }

    static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
