package dev.partita.cases.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Designs that look right, that others use, and that are wrong. They stand here so that it is known that the account of the writers
 * finds them out: {@code public.orders} is brought over to {@code public.copied}.
 */
final class Naive {

    /** What is written to the one table is written to the other at once, by a trigger. */
    static final String MIRROR = """
            CREATE FUNCTION mirror() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF TG_OP = 'INSERT' THEN
                INSERT INTO public.copied VALUES (new.*) ON CONFLICT DO NOTHING;
              ELSIF TG_OP = 'DELETE' THEN
                DELETE FROM public.copied WHERE id = old.id;
              ELSE
                UPDATE public.copied SET id = new.id, amount = new.amount WHERE id = old.id;
              END IF;
              RETURN NULL;
            END $$;
            CREATE TRIGGER mirror AFTER INSERT OR UPDATE OR DELETE ON orders FOR EACH ROW EXECUTE FUNCTION mirror();
            """;

    /** The keys of what is written, in the order of a sequence. */
    static final String LOG = """
            CREATE TABLE noted (seq bigint GENERATED ALWAYS AS IDENTITY, id bigint);
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF TG_OP <> 'INSERT' THEN INSERT INTO public.noted (id) VALUES (old.id); END IF;
              IF TG_OP <> 'DELETE' THEN INSERT INTO public.noted (id) VALUES (new.id); END IF;
              RETURN NULL;
            END $$;
            CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON orders FOR EACH ROW EXECUTE FUNCTION note();
            """;

    private Naive() {}

    /** Copies everything, and does not mind who writes meanwhile. */
    static void copy(Connection connection) throws SQLException {
        execute(connection, "INSERT INTO public.copied SELECT * FROM public.orders ON CONFLICT DO NOTHING");
    }

    /** Copies everything, and keeps others from writing these rows until it is committed. */
    static void copyLocking(Connection connection) throws SQLException {
        execute(connection, "INSERT INTO public.copied SELECT * FROM public.orders FOR UPDATE ON CONFLICT DO NOTHING");
    }

    /** Copies what lies in some blocks now, whoever has written it and when. */
    static void copyBlocks(Connection connection, int first, int end) throws SQLException {
        execute(
                connection,
                "INSERT INTO public.copied SELECT * FROM public.orders WHERE ctid >= '(" + first + ",0)' AND ctid < '("
                        + end + ",0)'");
    }

    /** Brings over what was noted behind a mark, and sets the mark to the newest of it. */
    static void replayBehindMark(Connection connection) throws SQLException {
        execute(
                connection,
                "CREATE TEMP TABLE IF NOT EXISTS mark AS SELECT 0::bigint AS seq",
                "CREATE TEMP TABLE fresh AS SELECT * FROM public.noted WHERE seq > (SELECT seq FROM mark)",
                "UPDATE mark SET seq = greatest(seq, (SELECT max(seq) FROM fresh))",
                "DELETE FROM public.copied WHERE id IN (SELECT id FROM fresh)",
                "INSERT INTO public.copied SELECT * FROM public.orders WHERE id IN (SELECT id FROM fresh)",
                "DROP TABLE fresh");
    }

    /** Takes notes off the log and brings over what they name, right as such. */
    static void replay(Connection connection) throws SQLException {
        execute(
                connection,
                "CREATE TEMP TABLE fresh AS WITH taken AS (DELETE FROM public.noted RETURNING id) SELECT * FROM taken",
                "DELETE FROM public.copied WHERE id IN (SELECT id FROM fresh)",
                "INSERT INTO public.copied SELECT * FROM public.orders WHERE id IN (SELECT id FROM fresh)",
                "DROP TABLE fresh");
    }

    /** Exchanges names, and asks nobody. */
    static void rename(Connection connection) throws SQLException {
        execute(
                connection,
                "ALTER TABLE public.orders RENAME TO orders_old",
                "ALTER TABLE public.copied RENAME TO orders");
    }

    static void execute(Connection connection, String... sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : sql) {
                statement.execute(each);
            }
        }
    }
}
