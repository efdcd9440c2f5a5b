package dev.partita.catalog;

import dev.partita.catalog.Server.DatabaseIdentity;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a partition carries in the first line of its comment when a person has said that it is partita's, though its bounds are
 * none that a declaration makes.
 *
 * @param instant when, by the clock of the database
 * @param oid the identity of the partition
 * @param database where
 */
public record Adopted(Instant instant, long oid, DatabaseIdentity database) {

    private static final Pattern LINE = Pattern.compile("partita: adopted at (\\S+), " + CommentLine.IDENTITY);

    /** As it stands in the comment. */
    public String line() {
        return "partita: adopted at " + instant + ", " + CommentLine.identity(oid, database);
    }

    /** The whole comment: this, and what a person had written there. */
    public String before(Optional<String> comment) {
        return line() + comment.map(own -> "\n" + own).orElse("");
    }

    /**
     * Whether the comment says it of this very partition, here; a copy of it elsewhere means nothing. The marker of a retirement
     * that came to nothing may stand before it.
     */
    public static boolean says(String comment, long oid, DatabaseIdentity here) {
        String below = Marker.Comment.parse(comment)
                .map(marked -> marked.rest().orElse(""))
                .orElse(comment);
        return parse(below)
                .filter(read -> read.oid() == oid && read.database().equals(here))
                .isPresent();
    }

    private static Optional<Adopted> parse(String comment) {
        Matcher parts = LINE.matcher(CommentLine.first(comment));
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Adopted(
                    Instant.parse(parts.group(1)), CommentLine.oid(parts, 2), CommentLine.database(parts, 3)));
        } catch (DateTimeException | IllegalArgumentException e) {
            // Somebody wrote over it; then it says nothing.
            return Optional.empty();
        }
    }
}
