package dev.partita.migration;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;
import java.util.stream.Stream;

/**
 * Notes the key and the place of every row that is written, old and new, in the transaction that writes it, and nothing else:
 * whatever happens to the new table, no statement of the application can fail for it. What was noted is brought over by the
 * present row of that key, so neither the order of notes nor the isolation of their transactions matters.
 *
 * @param rewrite whose
 * @param on the table that is watched
 * @param log where it is noted
 */
record Capture(Rewrite rewrite, TableName on, TableName log) {

    private static final Identifier TRIGGER = Identifier.of("partita_capture");

    /** Our own changes are not noted again. */
    static final Sql APPLYING = new Sql("SELECT pg_catalog.set_config('partita.applying', 'on', true)");

    private TableName function() {
        return log;
    }

    /** Makes the log and what writes into it, and begins. */
    List<Sql> install() {
        Sql columns = Rewrite.names(rewrite.noted());
        return List.of(
                Sql.of(
                        "CREATE TABLE {} WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50000)"
                                + " AS SELECT {} FROM ONLY {} WITH NO DATA",
                        log,
                        columns,
                        on),
                // A publication of all tables would else refuse that noted changes are taken out.
                Sql.of("ALTER TABLE {} REPLICA IDENTITY FULL", log),
                Sql.of(
                        "CREATE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS {}",
                        function(),
                        Literal.of(body(columns))),
                Sql.of("REVOKE ALL ON FUNCTION {}() FROM PUBLIC", function()),
                trigger());
    }

    private Sql trigger() {
        return Sql.of(
                "CREATE TRIGGER {} AFTER INSERT OR UPDATE OR DELETE ON {} FOR EACH ROW"
                        + " WHEN (pg_catalog.current_setting('partita.applying', true) IS DISTINCT FROM 'on')"
                        + " EXECUTE FUNCTION {}()",
                TRIGGER,
                on,
                function());
    }

    private String body(Sql columns) {
        Sql before = Rewrite.of("OLD", rewrite.noted());
        Sql after = Rewrite.of("NEW", rewrite.noted());
        return Sql.of("""

                        BEGIN
                          IF TG_OP <> 'INSERT' THEN
                            INSERT INTO {} ({}) VALUES ({});
                          END IF;
                          IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND ROW({}) IS DISTINCT FROM ROW({}) THEN
                            INSERT INTO {} ({}) VALUES ({});
                          END IF;
                          RETURN NULL;
                        END
                        """, log, columns, before, after, before, log, columns, after)
                .sql();
    }

    /** Ends, and takes everything of it away. */
    List<Sql> remove() {
        return Stream.concat(Stream.of(Sql.of("DROP TRIGGER IF EXISTS {} ON {}", TRIGGER, on)), remains().stream())
                .toList();
    }

    /** Takes away what is left when the watched table is gone. */
    List<Sql> remains() {
        return List.of(Sql.of("DROP FUNCTION IF EXISTS {}()", function()), Sql.of("DROP TABLE IF EXISTS {}", log));
    }

    static boolean isOurs(String trigger) {
        return trigger.equals(TRIGGER.name());
    }
}
