package dev.partita.step;

import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import java.time.Duration;

/**
 * Looks for transactions whose snapshot is older than a move of rows that is about to be committed.
 *
 * <p>Such a snapshot sees the rows where they were, while queries already follow the new bounds: asked for the range, PostgreSQL
 * would look into the new partition alone and find nothing. Under REPEATABLE READ the transaction keeps its snapshot, so nobody
 * may hold one when we commit; whether a session does is shown to every role, its isolation level to none.
 */
public final class OlderTransactions {

    /** The SQLSTATE with which the look refuses; in a moment they may be gone. */
    public static final String REFUSED = "PT002";

    private OlderTransactions() {}

    /** Does nothing when no other session holds a snapshot, and refuses otherwise, naming some of them. */
    static Sql nobody() {
        return look(new Sql(""));
    }

    /** The same for those that have held a transaction open for a while, so that nobody is stopped for nothing. */
    static Sql nobodyFor(Duration age) {
        return look(Sql.of(
                " AND a.xact_start < clock_timestamp() - {}::interval", Literal.of(age.toMillis() + " milliseconds")));
    }

    /** What was seen before in the transaction would be shown again, if it were not forgotten. VACUUM never reads a row for anybody. */
    private static Sql look(Sql which) {
        Sql body = Sql.of("""
                DECLARE others text; BEGIN
                  PERFORM pg_stat_clear_snapshot();
                  SELECT string_agg(format('pid %s (%s)', s.pid, s.application_name), ', ') INTO others
                    FROM (SELECT a.pid, a.application_name FROM pg_stat_activity a
                           WHERE a.datname = current_database() AND a.usename IS NOT NULL AND a.pid <> pg_backend_pid()
                             AND a.backend_xmin IS NOT NULL{}
                             AND NOT EXISTS (SELECT FROM pg_stat_progress_vacuum v WHERE v.pid = a.pid)
                           ORDER BY a.pid LIMIT 3) AS s;
                  IF others IS NOT NULL THEN RAISE EXCEPTION USING ERRCODE = {}, MESSAGE = others; END IF;
                END""", which, Literal.of(REFUSED));
        return Sql.of("DO {}", Literal.of(body.sql()));
    }
}
