package dev.partita.catalog;

import dev.partita.catalog.Server.DatabaseIdentity;
import dev.partita.sql.Identifier;
import dev.partita.table.TableName;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a retired partition carries in the first line of its comment, so that it tells by itself where it came from and how long
 * it has been out. It survives dump and restore; a copy that turns up in another database, or under another table, is told by it
 * as well.
 *
 * @param parent what it was attached to
 * @param bound which rows it took, as PostgreSQL prints it with pinned settings
 * @param instant when it was taken out, by the clock of the database
 * @param oid the identity of the partition
 * @param database where it was taken out
 */
public record Marker(TableName parent, String bound, Instant instant, long oid, DatabaseIdentity database) {

    /** What the first line begins with. */
    public static final String PREFIX = "partita: retired at ";

    private static final Pattern LINE = Pattern.compile(Pattern.quote(PREFIX)
            + "(\\S+) from (\\S+)\\.(\\S+), (FOR VALUES [^\\n]+), oid (\\d{1,10}) of (\\S+)@(\\S+)");

    /** The marker and what a person had written there. */
    public record Comment(Marker marker, Optional<String> rest) {

        /** The whole comment. */
        public String text() {
            return marker.line() + rest.map(own -> "\n" + own).orElse("");
        }

        /** Reads a comment; empty when it begins with no marker of ours. */
        public static Optional<Comment> parse(String comment) {
            int end = comment.indexOf('\n');
            String first = end < 0 ? comment : comment.substring(0, end);
            Optional<String> rest = end < 0 ? Optional.empty() : Optional.of(comment.substring(end + 1));
            return Marker.parse(first).map(marker -> new Comment(marker, rest));
        }
    }

    /** As it stands in the comment: one line, whatever the names are. */
    public String line() {
        return PREFIX + instant + " from " + encoded(parent.schema().name()) + "."
                + encoded(parent.name().name()) + ", " + bound + ", oid " + oid + " of " + encoded(database.database())
                + "@" + encoded(database.systemIdentifier());
    }

    private static Optional<Marker> parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Marker(
                    new TableName(Identifier.of(decoded(parts.group(2))), Identifier.of(decoded(parts.group(3)))),
                    parts.group(4),
                    Instant.parse(parts.group(1)),
                    Long.parseLong(parts.group(5)),
                    new DatabaseIdentity(decoded(parts.group(7)), decoded(parts.group(6)))));
        } catch (DateTimeException | IllegalArgumentException e) {
            // Somebody wrote over it; then it says nothing.
            return Optional.empty();
        }
    }

    /** Ordinary names stay readable; a point, a space or a line break in one would be taken for the end of it. */
    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace(".", "%2E");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
