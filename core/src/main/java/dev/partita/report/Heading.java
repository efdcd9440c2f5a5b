package dev.partita.report;

import dev.partita.catalog.Server;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who says it, and about which database: the first line of every report.
 *
 * @param version partita's own
 * @param database where it was reached, without a secret: {@code postgresql://shop@db:5432/shop}
 */
public record Heading(String version, String database) {

    /** The line, with the server's version and the moment on its clock. */
    String line(Server server, Instant now, Style style) {
        return style.faint("partita " + Visible.of(version) + " · " + Visible.of(database) + " · PostgreSQL "
                + server.major() + "." + server.version() % 10_000 + " · clock " + now.truncatedTo(ChronoUnit.SECONDS));
    }
}
