package dev.partita.execution;

import dev.partita.catalog.LastRun;
import dev.partita.catalog.PinnedTransaction;
import dev.partita.catalog.ServerMessage;
import dev.partita.plan.Plan;
import dev.partita.plan.TablePlan;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.sql.SqlPart;
import dev.partita.sql.Template;
import dev.partita.step.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the journal of one run, where there is one. What a step changes and its line are committed together or not at all. A
 * journal that cannot be written stops nothing: it raises an alarm, and the run goes on without.
 *
 * <p>Always written with our own rights, never with those of a table's owner, who has none on the journal. Thread-safe.
 */
final class Scribe {

    private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);

    private static final Template OBSERVE = Template.beside(Scribe.class, "observe.sql");
    private static final String SEPARATOR = ";\n";
    private static final Sql NULL = new Sql("NULL");

    /** The transaction began with this try, and what comes after this line is no more than its commit. */
    private static final Sql SINCE_IT_BEGAN =
            new Sql("round(extract(epoch FROM clock_timestamp() - transaction_timestamp()) * 1000)");

    private final Plan plan;
    private final Literal run = Literal.of(UUID.randomUUID());
    private final Literal osUser = Literal.of(System.getProperty("user.name", "unknown"));
    private volatile Optional<Problem> alarm = Optional.empty();
    private volatile boolean writes;

    /** For a run of this plan; writes nothing until {@link #open}. */
    Scribe(Plan plan) {
        this.plan = plan;
    }

    /** Makes sure that the journal can be written, and writes down how statements ended of which nobody has. */
    void open(Connections connections) {
        int version = plan.server().stateSchema().orElse(0);
        if (version == 0 || plan.isEmpty() && remembered().isEmpty()) {
            return;
        }
        if (version < StateSchema.WITH_JOURNAL) {
            alarm("the state schema is of version " + version + ", which has no journal");
            return;
        }
        writes = true;
        try {
            observe(connections.one());
        } catch (SQLException e) {
            connections.forgetIfBroken();
            giveUp(e);
        }
    }

    /** A line for each statement that was begun and of which nobody has written down how it ended; mostly for none. */
    private static void observe(Connection connection) throws SQLException {
        try (PinnedTransaction transaction = begin(connection)) {
            transaction.statement().execute(OBSERVE.filled());
            transaction.commit();
        }
    }

    private static PinnedTransaction begin(Connection connection) throws SQLException {
        return PinnedTransaction.begin(connection, Duration.ofMillis(300), Duration.ofSeconds(5));
    }

    private List<TablePlan> remembered() {
        return plan.tables().stream()
                .filter(table -> table.remembered().isPresent())
                .toList();
    }

    /** Writes down what is to be remembered of the run; if that fails, the next one remembers an older one. */
    void remember(Connections connections) {
        List<TablePlan> tables = remembered();
        if (!writes || tables.isEmpty()) {
            return;
        }
        try (PinnedTransaction transaction = begin(connections.one())) {
            transaction
                    .statement()
                    .execute(Sql.of(
                                    "INSERT INTO partita.last_run AS r (schema_name, table_name, ran_at, rule, doubt) VALUES {}"
                                            + " ON CONFLICT (schema_name, table_name) DO UPDATE"
                                            + " SET ran_at = excluded.ran_at, rule = excluded.rule, doubt = excluded.doubt",
                                    Sql.list(tables.stream().map(Scribe::row).toList()))
                            .sql());
            transaction.commit();
        } catch (SQLException e) {
            connections.forgetIfBroken();
            alarm("the last run could not be written down: " + ServerMessage.of(e));
        }
    }

    private static Sql row(TablePlan table) {
        LastRun run = table.remembered().orElseThrow();
        return Sql.of(
                "({})",
                Sql.list(List.of(
                        Literal.of(table.name().schema().name()),
                        Literal.of(table.name().name().name()),
                        Literal.of(run.at()),
                        Literal.of(run.rule()),
                        run.doubt().<SqlPart>map(Literal::of).orElse(NULL))));
    }

    boolean writes() {
        return writes;
    }

    /** What kept the journal from being written, if anything did. */
    Optional<Problem> alarm() {
        return alarm;
    }

    /**
     * After a try has failed: whether its line cannot be written, upon which the step may be tried again without.
     *
     * @param connection outside of a transaction
     */
    boolean wasInTheWay(Connection connection, TablePlan table, Step step, Try tried) {
        if (!writes) {
            return false;
        }
        try (PinnedTransaction transaction = begin(connection)) {
            transaction.statement().execute(done(table, step, tried).sql());
            return false;
        } catch (SQLException e) {
            giveUp(e);
            return true;
        }
    }

    private void giveUp(SQLException e) {
        writes = false;
        alarm("it cannot be written: " + ServerMessage.of(e));
    }

    private synchronized void alarm(String why) {
        Problem problem = Problem.of(
                ProblemCode.STATE_SCHEMA_UNFIT,
                "partita.journal",
                "this run goes on without a journal, because " + why,
                "bring the schema up to date and grant what is missing: partita install, or what partita install --print shows",
                "or remove the schema: partita uninstall");
        if (alarm.isEmpty()) {
            alarm = Optional.of(problem);
            LOG.warn("{}: {}", problem.where(), problem.message());
        }
    }

    /** The line for a step, to be written in the transaction that does it. */
    Sql done(TablePlan table, Step step, Try tried) {
        return line(table, step, tried, "done", Optional.empty(), SINCE_IT_BEGAN, Optional.empty());
    }

    /** The line to be written before a step that has transactions of its own; answers which it is. */
    Sql begun(TablePlan table, Step step, Try tried) {
        return Sql.of(
                "{} RETURNING id",
                line(table, step, tried, "begun", Optional.empty(), millis(Duration.ZERO), Optional.empty()));
    }

    /**
     * Writes down what became of a step whose own transaction could not tell it, in one for itself; if that fails, the run goes on.
     *
     * @param begun the line that was written before
     */
    void after(
            Connections connections, TablePlan table, Step step, Try tried, Outcome outcome, Optional<String> begun) {
        Optional<String> word = word(outcome);
        if (!writes || word.isEmpty()) {
            return;
        }
        try (PinnedTransaction transaction = begin(connections.one())) {
            transaction
                    .statement()
                    .execute(line(table, step, tried, word.get(), problem(outcome), millis(tried.took()), begun)
                            .sql());
            transaction.commit();
        } catch (SQLException e) {
            connections.forgetIfBroken();
            alarm("the end of a step could not be written down: " + ServerMessage.of(e));
        }
    }

    /** A step that was not tried leaves no line, and neither does a runner that another has taken over from. */
    private static Optional<String> word(Outcome outcome) {
        if (problem(outcome).map(Problem::code).orElse(null) == ProblemCode.LEASE_LOST) {
            return Optional.empty();
        }
        if (outcome instanceof Outcome.Blocked) {
            return Optional.of("blocked");
        }
        if (outcome instanceof Outcome.Failed) {
            return Optional.of("failed");
        }
        if (outcome instanceof Outcome.Done) {
            return Optional.of("done");
        }
        if (outcome instanceof Outcome.Vetoed) {
            return Optional.of("vetoed");
        }
        return outcome instanceof Outcome.Moved ? Optional.of("moved") : Optional.empty();
    }

    private static Optional<Problem> problem(Outcome outcome) {
        if (outcome instanceof Outcome.Blocked blocked) {
            return Optional.of(blocked.problem());
        }
        if (outcome instanceof Outcome.Failed failed) {
            return Optional.of(failed.problem());
        }
        if (outcome instanceof Outcome.Vetoed vetoed) {
            return Optional.of(vetoed.problem());
        }
        return outcome instanceof Outcome.Moved moved ? Optional.of(moved.problem()) : Optional.empty();
    }

    private Sql line(
            TablePlan table,
            Step step,
            Try tried,
            String outcome,
            Optional<Problem> problem,
            Sql took,
            Optional<String> begun) {
        return Sql.of(
                "INSERT INTO partita.journal (os_user, run, planned_for, plan, table_name, relation, what, reason, sql,"
                        + " outcome, problem, detail, attempts, waited_ms, took_ms, begun) VALUES ({})",
                Sql.list(List.of(
                        osUser,
                        run,
                        Literal.of(plan.now()),
                        Literal.of(table.fingerprint().digest()),
                        Literal.of(table.name().sql()),
                        Literal.of(step.relation().sql()),
                        Literal.of(step.words()),
                        Literal.of(step.reason().sentence()),
                        Literal.of(step.script().stream().map(Sql::sql).collect(Collectors.joining(SEPARATOR))),
                        Literal.of(outcome),
                        problem.<SqlPart>map(known -> Literal.of(known.code())).orElse(NULL),
                        problem.<SqlPart>map(known -> Literal.of(known.message()))
                                .orElse(NULL),
                        new Sql(Integer.toString(tried.attempt())),
                        millis(tried.waited()),
                        took,
                        begun.<SqlPart>map(Sql::new).orElse(NULL))));
    }

    private static Sql millis(Duration time) {
        return new Sql(Long.toString(time.toMillis()));
    }
}
