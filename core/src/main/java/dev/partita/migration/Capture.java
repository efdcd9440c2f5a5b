package dev.partita.migration;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Notes the key and the place of every row that is written, old and new, in the transaction that writes it: whatever happens to the
 * other side, no statement of the application can fail for it. What was noted is carried over by the present row of that key, so
 * neither the order of notes nor the isolation of their transactions matters. Before the two sides change places, changes are made
 * on both instead.
 *
 * @param rewrite whose
 * @param back whether the new table is written, or will be
 * @param on what is watched
 */
record Capture(Rewrite rewrite, boolean back, List<Part> on) {

    private static final Identifier NOTING = Identifier.of("partita_capture");

    private static final String MIRRORING = "partita_capture_";

    /** Our own changes are not noted again. */
    static final Sql APPLYING = new Sql("SELECT pg_catalog.set_config('partita.applying', 'on', true)");

    private static final String CHEAP_TO_RETRY = "1 second";

    private static final Sql NOT_OURS =
            new Sql("WHEN (pg_catalog.current_setting('partita.applying', true) IS DISTINCT FROM 'on')");

    Capture {
        on = List.copyOf(on);
    }

    /** Of what the application works with. */
    static Capture of(Rewrite rewrite, boolean back) {
        return new Capture(rewrite, back, rewrite.current(back));
    }

    private TableName log() {
        return rewrite.log(back);
    }

    /** A function of its own for each of the two ways, called like the log. */
    private TableName mirror() {
        return log().sibling(Rewrite.mirror(log().name()));
    }

    /** Makes the log and what writes into it, and begins. */
    List<Sql> install() {
        List<Sql> statements = new ArrayList<>();
        statements.add(Sql.of(
                "CREATE TABLE {} WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50000)"
                        + " AS SELECT {} FROM {} WITH NO DATA",
                log(),
                Rewrite.names(rewrite.noted()),
                on.get(0)));
        // A publication of all tables would else refuse that noted changes are taken out.
        statements.add(Sql.of("ALTER TABLE {} REPLICA IDENTITY FULL", log()));
        statements.addAll(function(log(), new Sql(noting())));
        for (Part part : on) {
            statements.add(Sql.of(
                    "CREATE TRIGGER {} AFTER INSERT OR UPDATE OR DELETE ON {} FOR EACH ROW {} EXECUTE FUNCTION {}()",
                    NOTING,
                    part.name(),
                    NOT_OURS,
                    log()));
        }
        // What a subscription or a restore writes counts as well.
        statements.add(each(new Sql("ALTER TABLE "), Sql.of(" ENABLE ALWAYS TRIGGER {}", NOTING)));
        return statements;
    }

    private String noting() {
        Sql columns = Rewrite.names(rewrite.noted());
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
                        """, log(), columns, before, after, before, log(), columns, after)
                .sql();
    }

    /** So that nobody else can call it, and nothing in a search path can be taken for what is meant. */
    private static List<Sql> function(TableName name, Sql body) {
        return List.of(
                Sql.of("{} {}", header(name), Literal.of(body.sql())),
                Sql.of("REVOKE ALL ON FUNCTION {}() FROM PUBLIC", name));
    }

    private static Sql header(TableName name) {
        return Sql.of(
                "CREATE OR REPLACE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
                        + " SET search_path = pg_catalog, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off AS",
                name);
    }

    /**
     * From here on what a statement changes is carried over at once, in the same transaction: whoever takes a snapshot from then on
     * sees the same on both sides. Whose snapshot is older does not see all rows of the other side, and notes; so does what cannot
     * be carried over, since no statement of the application may fail for us. There is one exception: somebody is always just
     * waiting for the lock under which this is done, with the snapshot of a transaction that has hardly begun, and after each note
     * it has to be done again. He is asked to begin anew, as whoever works at that isolation level has to expect.
     */
    List<Sql> mirrored() {
        List<Sql> statements = new ArrayList<>();
        // Only the transaction that does this knows since when.
        Sql function = Sql.of(
                "BEGIN EXECUTE {} || ' ' || quote_literal({} || pg_current_xact_id() || {}); END",
                Literal.of(header(mirror()).sql()),
                Literal.of("\nDECLARE\n  partita_since CONSTANT xid8 := '"),
                Literal.of(mirroring()));
        statements.add(Sql.of("DO {}", Literal.of(function.sql())));
        statements.add(Sql.of("REVOKE ALL ON FUNCTION {}() FROM PUBLIC", mirror()));
        for (Event event : Event.values()) {
            statements.add(each(
                    Sql.of("CREATE OR REPLACE TRIGGER {} AFTER {} ON ", event.trigger(), new Sql(event.name())),
                    Sql.of(
                            " REFERENCING {} FOR EACH STATEMENT {} EXECUTE FUNCTION {}()",
                            new Sql(event.rows),
                            NOT_OURS,
                            mirror())));
            statements.add(each(new Sql("ALTER TABLE "), Sql.of(" ENABLE ALWAYS TRIGGER {}", event.trigger())));
        }
        statements.add(each(new Sql("ALTER TABLE "), Sql.of(" DISABLE TRIGGER {}", NOTING)));
        return statements;
    }

    /** What a statement does to rows, and which it hands over. */
    private enum Event {
        INSERT("NEW TABLE AS partita_new", "SELECT {} FROM partita_new"),
        UPDATE(
                "OLD TABLE AS partita_old NEW TABLE AS partita_new",
                "SELECT {} FROM partita_old UNION ALL SELECT {} FROM partita_new"),
        DELETE("OLD TABLE AS partita_old", "SELECT {} FROM partita_old");

        private final String rows;
        private final String notes;

        Event(String rows, String notes) {
            this.rows = rows;
            this.notes = notes;
        }

        Identifier trigger() {
            return Identifier.of(MIRRORING + name().toLowerCase(Locale.ROOT));
        }

        Sql notes(Sql columns) {
            return new Sql(notes.replace("{}", columns.sql()));
        }
    }

    private String mirroring() {
        Carry carry = new Carry(rewrite, back);
        Sql columns = Rewrite.names(rewrite.noted());
        StringBuilder carried = new StringBuilder();
        StringBuilder noted = new StringBuilder();
        for (Event event : Event.values()) {
            Sql notes = event.notes(columns);
            carried.append("      IF TG_OP = '%s' THEN%n        %s;%n        %s;%n      END IF;%n"
                    .formatted(event, carry.gone(notes), carry.come(notes)));
            noted.append("  IF TG_OP = '%s' THEN%n    INSERT INTO %s (%s) %s;%n  END IF;%n"
                    .formatted(event, log(), columns, notes));
        }
        return """
                ';
                BEGIN
                  IF pg_visible_in_snapshot(partita_since, pg_current_snapshot()) THEN
                    BEGIN
                      PERFORM set_config('partita.applying', 'on', true);
                %s      PERFORM set_config('partita.applying', 'off', true);
                      RETURN NULL;
                    EXCEPTION WHEN OTHERS THEN
                      NULL;
                    END;
                  ELSIF clock_timestamp() - transaction_timestamp() < %s THEN
                    RAISE EXCEPTION USING ERRCODE = '40001', MESSAGE = %s, HINT = 'The transaction might succeed if retried.';
                  END IF;
                %s  RETURN NULL;
                END
                """.formatted(
                        carried,
                        Literal.of(CHEAP_TO_RETRY),
                        Literal.of("could not serialize access due to the migration of " + rewrite.table()),
                        noted);
    }

    /** From here on changes are noted again, and nothing else. */
    List<Sql> noted() {
        List<Sql> statements = new ArrayList<>();
        for (Event event : Event.values()) {
            statements.add(each(Sql.of("DROP TRIGGER IF EXISTS {} ON ", event.trigger()), new Sql("")));
        }
        statements.add(each(new Sql("ALTER TABLE "), Sql.of(" ENABLE ALWAYS TRIGGER {}", NOTING)));
        return statements;
    }

    /** A query that finds what is not mirrored, such as a partition that somebody has made since. */
    Sql notMirrored() {
        return Sql.of(
                "SELECT FROM ({}) AS t WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS g WHERE g.tgrelid = t.member AND g.tgname = {})",
                members(),
                Literal.of(Event.INSERT.trigger().name()));
    }

    /**
     * Does the same to all that is watched, partitions included: statements that name a partition pass by its parents.
     *
     * @param before what stands before the name
     * @param after what stands behind it
     */
    private Sql each(Sql before, Sql after) {
        Sql block = Sql.of(
                "DECLARE member regclass; BEGIN FOR member IN {} LOOP EXECUTE {} || member || {}; END LOOP; END",
                members(),
                Literal.of(before.sql()),
                Literal.of(after.sql()));
        return Sql.of("DO {}", Literal.of(block.sql()));
    }

    private Sql members() {
        return Sql.of(
                "WITH RECURSIVE tree AS (SELECT unnest({}::regclass[])::oid AS member UNION ALL"
                        + " SELECT i.inhrelid FROM tree JOIN pg_catalog.pg_inherits AS i ON i.inhparent = tree.member)"
                        + " SELECT tree.member FROM tree JOIN pg_catalog.pg_class AS c ON c.oid = tree.member AND c.relkind IN ('r', 'p')",
                Literal.array(on.stream().map(part -> part.name().sql()).toList()));
    }

    /** Ends, and takes everything of it away. */
    List<Sql> remove() {
        List<Sql> statements = new ArrayList<>();
        for (Part part : on) {
            statements.add(Sql.of("DROP TRIGGER IF EXISTS {} ON {}", NOTING, part.name()));
        }
        for (Event event : Event.values()) {
            statements.add(each(Sql.of("DROP TRIGGER IF EXISTS {} ON ", event.trigger()), new Sql("")));
        }
        statements.addAll(remains());
        return statements;
    }

    /** Takes away what is left when what was watched is gone. */
    List<Sql> remains() {
        return List.of(
                Sql.of("DROP FUNCTION IF EXISTS {}()", log()),
                Sql.of("DROP FUNCTION IF EXISTS {}()", mirror()),
                Sql.of("DROP TABLE IF EXISTS {}", log()));
    }

    static boolean isOurs(String trigger) {
        return trigger.startsWith(NOTING.name());
    }
}
