package dev.partita.migration;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;
import java.util.stream.Stream;

/**
 * Notes the key and the place of every row that is written, old and new, in the transaction that writes it: whatever happens to the
 * other table, no statement of the application can fail for it. What was noted is brought over by the present row of that key, so
 * neither the order of notes nor the isolation of their transactions matters. Before the tables change places, changes are made in
 * both instead.
 *
 * @param rewrite whose
 * @param on the table that is watched
 * @param log where it is noted
 */
record Capture(Rewrite rewrite, TableName on, TableName log) {

    private static final Identifier TRIGGER = Identifier.of("partita_capture");

    /** Our own changes are not noted again. */
    static final Sql APPLYING = new Sql("SELECT pg_catalog.set_config('partita.applying', 'on', true)");

    /** So many rows of a transaction are written to both tables. */
    private static final long MOST_MIRRORED = 100;

    /** Of the table that the application works with. */
    static Capture of(Rewrite rewrite, boolean back) {
        return new Capture(rewrite, rewrite.table(), back ? rewrite.reverseLog() : rewrite.log());
    }

    /** What is installed is called like its log. */
    private TableName name() {
        return log;
    }

    /** Makes the log and what writes into it, and begins. */
    List<Sql> install() {
        return List.of(
                Sql.of(
                        "CREATE TABLE {} WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50000)"
                                + " AS SELECT {} FROM ONLY {} WITH NO DATA",
                        log,
                        Rewrite.names(rewrite.noted()),
                        on),
                // A publication of all tables would else refuse that noted changes are taken out.
                Sql.of("ALTER TABLE {} REPLICA IDENTITY FULL", log),
                noting(),
                Sql.of("REVOKE ALL ON FUNCTION {}() FROM PUBLIC", name()),
                trigger(),
                // What a subscription or a restore writes counts as well.
                Sql.of("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}", on, TRIGGER));
    }

    /** From here on changes are noted, and nothing else. */
    Sql noting() {
        return Sql.of("{} {}", function(), Literal.of("BEGIN\n" + note() + "END"));
    }

    /**
     * From here on a change is made in the other table as well, by the transaction that makes it: whoever takes a snapshot from
     * then on sees the same in both. Whose snapshot is older does not see all of the other table's rows, and notes. So does what
     * cannot be made there, since no statement of the application may fail for us, and what a transaction changes beyond its
     * first rows, since each of them costs it a transaction within.
     *
     * @param to the other table, which is the same as this one by now
     */
    Sql mirroring(TableName to) {
        Sql before = Rewrite.same("d", "OLD", rewrite.noted());
        Sql after = Sql.list(rewrite.columns().stream()
                .map(column -> Sql.of("NEW.{}", column))
                .toList());
        Sql mirrored = Sql.of(
                """
                ';
                  partita_rows CONSTANT bigint := coalesce(nullif(current_setting('partita.mirrored', true), ''), '0');
                BEGIN
                  IF partita_rows < {} AND pg_visible_in_snapshot(partita_since, pg_current_snapshot()) THEN
                    BEGIN
                      PERFORM set_config('partita.mirrored', (partita_rows + 1)::text, true), set_config('partita.applying', 'on', true);
                      IF TG_OP <> 'INSERT' THEN
                        DELETE FROM {} AS d WHERE {};
                        IF NOT FOUND THEN
                          RAISE EXCEPTION 'the row is not there';
                        END IF;
                      END IF;
                      IF TG_OP <> 'DELETE' THEN
                        INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({});
                      END IF;
                      PERFORM set_config('partita.applying', 'off', true);
                      RETURN NULL;
                    EXCEPTION WHEN OTHERS THEN
                      NULL;
                    END;
                  END IF;
                {}END
                """, Literal.of(MOST_MIRRORED), to, before, to, Sql.list(rewrite.columns()), after, new Sql(note()));
        // Only the transaction that does this knows since when.
        Sql block = Sql.of(
                "BEGIN EXECUTE {} || quote_literal({} || pg_current_xact_id() || {}); END",
                Literal.of(function().sql()),
                Literal.of("DECLARE\n  partita_since CONSTANT xid8 := '"),
                Literal.of(mirrored.sql()));
        return Sql.of("DO {}", Literal.of(block.sql()));
    }

    private Sql function() {
        return Sql.of(
                "CREATE OR REPLACE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
                        + " SET search_path = pg_catalog, pg_temp AS ",
                name());
    }

    private String note() {
        Sql columns = Rewrite.names(rewrite.noted());
        Sql before = Rewrite.of("OLD", rewrite.noted());
        Sql after = Rewrite.of("NEW", rewrite.noted());
        return Sql.of("""
                          IF TG_OP <> 'INSERT' THEN
                            INSERT INTO {} ({}) VALUES ({});
                          END IF;
                          IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND ROW({}) IS DISTINCT FROM ROW({}) THEN
                            INSERT INTO {} ({}) VALUES ({});
                          END IF;
                          RETURN NULL;
                        """, log, columns, before, after, before, log, columns, after)
                .sql();
    }

    private Sql trigger() {
        return Sql.of(
                "CREATE TRIGGER {} AFTER INSERT OR UPDATE OR DELETE ON {} FOR EACH ROW"
                        + " WHEN (pg_catalog.current_setting('partita.applying', true) IS DISTINCT FROM 'on')"
                        + " EXECUTE FUNCTION {}()",
                TRIGGER,
                on,
                name());
    }

    /** Ends, and takes everything of it away. */
    List<Sql> remove() {
        return Stream.concat(Stream.of(Sql.of("DROP TRIGGER IF EXISTS {} ON {}", TRIGGER, on)), remains().stream())
                .toList();
    }

    /** Takes away what is left when the watched table is gone. */
    List<Sql> remains() {
        return List.of(Sql.of("DROP FUNCTION IF EXISTS {}()", name()), Sql.of("DROP TABLE IF EXISTS {}", log));
    }

    static boolean isOurs(String trigger) {
        return trigger.equals(TRIGGER.name());
    }
}
