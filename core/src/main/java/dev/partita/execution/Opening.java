package dev.partita.execution;

import dev.partita.catalog.Server;
import dev.partita.catalog.SessionSettings;
import dev.partita.catalog.Setting;
import dev.partita.plan.TablePlan;
import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.step.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the transaction of a step begins, before its own statements: settings, the owner's rights, the advisory lock. The runner
 * executes it and the printed script shows it, so the two cannot differ.
 */
public final class Opening {

    /** Only a proof over a large DEFAULT, and writing anew what nobody reads, take longer than moments once they have their locks. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(1);

    /** The first half of our advisory locks, so that they meet nobody else's. */
    private static final int ADVISORY_SPACE = 0x70617274;

    /** Our waits stay so far below the server's deadlock check that in a deadlock we are the ones who give way. */
    private static final double BELOW_DEADLOCK_TIMEOUT = 0.8;

    /** Commits without waiting for the disk; the run waits for it once, at its end. */
    private static final Setting REPEATABLE = new Setting("synchronous_commit", "off");

    /** For statements with transactions of their own: a timeout half-way would leave their work half done, so there is none. */
    private static final List<Setting> SESSION = Stream.concat(
                    SessionSettings.limits(Duration.ZERO, Duration.ZERO).stream(), Stream.of(REPEATABLE))
            .toList();

    private Opening() {}

    /** What is set for the session while such a statement runs, as a script has it. */
    public static List<Sql> sessionSettings() {
        return SESSION.stream()
                .map(setting -> new Sql("SET " + setting.name() + " = " + setting.value()))
                .toList();
    }

    /** What a script takes back afterwards; the runner puts back what was there. */
    public static List<Sql> sessionReset() {
        return SESSION.stream()
                .map(setting -> new Sql("RESET " + setting.name()))
                .toList();
    }

    /** What the runner sets for the session: also what makes the guards mean the same everywhere. */
    static List<Setting> session() {
        List<Setting> settings = new ArrayList<>(SessionSettings.PINNED);
        settings.addAll(SESSION);
        return settings;
    }

    /** The longest single wait for a lock: what patience allows, and below the server's {@code deadlock_timeout}. */
    public static Duration lockTimeout(Patience patience, Server server) {
        Duration most = Duration.ofMillis((long) (server.deadlockTimeout().toMillis() * BELOW_DEADLOCK_TIMEOUT));
        return patience.lockTimeout().compareTo(most) < 0 ? patience.lockTimeout() : most;
    }

    /** What is set for this transaction only, under the step's {@linkplain Step#isolation isolation}. */
    public static List<Setting> settings(Step step, Patience patience, Server server) {
        List<Setting> settings = new ArrayList<>(SessionSettings.PINNED);
        settings.addAll(SessionSettings.limits(lockTimeout(patience, server), step.limit()));
        settings.add(new Setting("idle_in_transaction_session_timeout", "1min"));
        if (server.major() >= 17) {
            settings.add(new Setting("transaction_timeout", "0"));
        }
        settings.add(new Setting("application_name", "partita"));
        if (step.repeatable()) {
            settings.add(REPEATABLE);
        }
        return settings;
    }

    /** Takes the owner's rights and no more, and keeps other runners away from what the step works on. */
    public static List<Sql> rights(TablePlan table, Step step, Identifier sessionUser) {
        List<Sql> statements = new ArrayList<>(ownersRights(table, sessionUser));
        statements.add(Sql.of(
                "SELECT {}({}, hashtext({}))",
                new Sql(step.exclusive().shared() ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock"),
                new Sql(Integer.toString(ADVISORY_SPACE)),
                Literal.of(step.exclusive().relation().sql())));
        return statements;
    }

    /** Nothing where the owner is who we are. */
    static List<Sql> ownersRights(TablePlan table, Identifier sessionUser) {
        return table.owner().filter(owner -> !owner.equals(sessionUser)).map(Opening::role).stream()
                .toList();
    }

    /** Gives the owner's rights up; nothing where they were not taken. */
    static List<Sql> ownRights(TablePlan table, Identifier sessionUser) {
        return ownersRights(table, sessionUser).isEmpty() ? List.of() : List.of(role(sessionUser));
    }

    private static Sql role(Identifier name) {
        return Sql.of("SET LOCAL ROLE {}", name);
    }
}
