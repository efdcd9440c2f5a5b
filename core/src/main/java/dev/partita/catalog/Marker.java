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

    /**
     * That somebody does not need a retired partition any more.
     *
     * @param instant since when, by the clock of the database
     * @param because why, in one line
     */
    public record Release(Instant instant, String because) {

        private static final Pattern LINE = Pattern.compile("partita: released at (\\S+): ([^\\n]*)");

        /** @throws IllegalArgumentException if the reason has several lines */
        public Release {
            if (because.lines().count() > 1 || !because.equals(because.strip())) {
                throw new IllegalArgumentException("a reason has one line");
            }
        }

        private String line() {
            return "partita: released at " + instant + ": " + because;
        }

        private static Optional<Release> parse(String line) {
            Matcher parts = LINE.matcher(line);
            try {
                return parts.matches()
                        ? Optional.of(new Release(
                                Instant.parse(parts.group(1)), parts.group(2).strip()))
                        : Optional.empty();
            } catch (DateTimeException e) {
                // Somebody wrote over it; then nobody has let it go.
                return Optional.empty();
            }
        }
    }

    /**
     * The marker and what a person had written there.
     *
     * @param release that it may be dropped, if somebody has said so
     * @param rest what a person had written there
     */
    public record Comment(Marker marker, Optional<Release> release, Optional<String> rest) {

        /** Not let go by anybody. */
        public Comment(Marker marker, Optional<String> rest) {
            this(marker, Optional.empty(), rest);
        }

        /** The same, let go. */
        public Comment with(Release newRelease) {
            return new Comment(marker, Optional.of(newRelease), rest);
        }

        /** The whole comment. */
        public String text() {
            return marker.line()
                    + release.map(said -> "\n" + said.line()).orElse("")
                    + rest.map(own -> "\n" + own).orElse("");
        }

        /** Reads a comment; empty when it begins with no marker of ours. */
        public static Optional<Comment> parse(String comment) {
            Optional<String> below = below(comment);
            Optional<Release> release = below.flatMap(text -> Release.parse(first(text)));
            Optional<String> rest = release.isPresent() ? below.flatMap(Comment::below) : below;
            return Marker.parse(first(comment)).map(marker -> new Comment(marker, release, rest));
        }

        private static String first(String text) {
            int end = text.indexOf('\n');
            return end < 0 ? text : text.substring(0, end);
        }

        private static Optional<String> below(String text) {
            int end = text.indexOf('\n');
            return end < 0 ? Optional.empty() : Optional.of(text.substring(end + 1));
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
    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace(".", "%2E");
    }

    static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
