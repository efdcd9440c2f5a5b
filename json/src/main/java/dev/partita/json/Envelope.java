package dev.partita.json;

import dev.partita.catalog.Server;
import dev.partita.report.Heading;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** What every document begins with. */
final class Envelope {

    /** Raised when a property is removed or changes its meaning; never for one that is added. */
    static final int VERSION = 1;

    private Envelope() {}

    /**
     * A whole document.
     *
     * @param command whose answer it is
     * @param instant when it was made, by the database's clock; empty where no database was reached
     */
    static Consumer<Json> of(String command, Optional<Instant> instant, String partita, Consumer<Json> content) {
        return json -> {
            json.number("version", VERSION)
                    .text("command", command)
                    .text("generated_at", instant)
                    .text("partita", partita);
            content.accept(json);
        };
    }

    static void database(Json json, Heading heading, Server server) {
        json.object(
                "database",
                database -> database.text("url", heading.database())
                        .text("name", server.identity().database())
                        .text("system_identifier", server.identity().systemIdentifier())
                        .number("server_version", server.version())
                        .text("user", server.user().name())
                        .flag("in_recovery", server.inRecovery()));
    }
}
