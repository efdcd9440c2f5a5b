package dev.partita.catalog;

import dev.partita.catalog.Server.DatabaseIdentity;
import dev.partita.sql.Identifier;
import dev.partita.table.TableName;
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

    private static final Pattern LINE = Pattern.compile(
            Pattern.quote(PREFIX) + "(\\S+) from (\\S+)\\.(\\S+), (FOR VALUES [^\\n]+), " + CommentLine.IDENTITY);

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
            Optional<String> below = CommentLine.below(comment);
            Optional<Release> release = below.flatMap(text -> Release.parse(CommentLine.first(text)));
            Optional<String> rest = release.isPresent() ? below.flatMap(CommentLine::below) : below;
            return Marker.parse(CommentLine.first(comment)).map(marker -> new Comment(marker, release, rest));
        }
    }

    /** As it stands in the comment: one line, whatever the names are. */
    public String line() {
        return PREFIX + instant + " from " + CommentLine.encoded(parent.schema().name()) + "."
                + CommentLine.encoded(parent.name().name()) + ", " + bound + ", "
                + CommentLine.identity(oid, database);
    }

    private static Optional<Marker> parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Marker(
                    new TableName(
                            Identifier.of(CommentLine.decoded(parts.group(2))),
                            Identifier.of(CommentLine.decoded(parts.group(3)))),
                    parts.group(4),
                    Instant.parse(parts.group(1)),
                    CommentLine.oid(parts, 5),
                    CommentLine.database(parts, 6)));
        } catch (DateTimeException | IllegalArgumentException e) {
            // Somebody wrote over it; then it says nothing.
            return Optional.empty();
        }
    }
}
