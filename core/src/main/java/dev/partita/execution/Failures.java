package dev.partita.execution;

import dev.partita.catalog.ServerMessage;
import dev.partita.plan.TablePlan;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.step.AlignPartition;
import dev.partita.step.CreateFromDefault;
import dev.partita.step.DetachPartition;
import dev.partita.step.Identity;
import dev.partita.step.OlderTransactions;
import dev.partita.step.Step;
import dev.partita.step.ValidateConstraint;
import java.sql.SQLException;

/** What a server's refusal means, by SQLSTATE and never by exception class. */
final class Failures {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK_DETECTED = "40P01";
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String QUERY_CANCELED = "57014";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String READ_ONLY_TRANSACTION = "25006";
    private static final String OUT_OF_MEMORY = "53200";
    private static final String CHECK_VIOLATION = "23514";
    private static final String NOT_NULL_VIOLATION = "23502";
    private static final String ADMIN_SHUTDOWN_CLASS = "57P";
    private static final String CONNECTION_CLASS = "08";

    private Failures() {}

    /** Whether the same may work in a moment. */
    static boolean passing(SQLException e) {
        return state(e).equals(LOCK_NOT_AVAILABLE)
                || state(e).equals(DEADLOCK_DETECTED)
                || state(e).equals(SERIALIZATION_FAILURE)
                || olderTransaction(e);
    }

    /** Whether somebody holds a snapshot that would miss what was moved. */
    static boolean olderTransaction(SQLException e) {
        return state(e).equals(OlderTransactions.REFUSED);
    }

    /** What a wait that is not begun comes to. */
    static SQLException lockNotAvailable(String why) {
        return new SQLException(why, LOCK_NOT_AVAILABLE);
    }

    static boolean canceled(SQLException e) {
        return state(e).equals(QUERY_CANCELED);
    }

    /** Whether the connection is gone, and with it all knowledge of what became of a commit in flight. */
    static boolean connectionLost(SQLException e) {
        return state(e).startsWith(CONNECTION_CLASS) || state(e).startsWith(ADMIN_SHUTDOWN_CLASS);
    }

    static Problem problem(SQLException e, TablePlan table, Step step) {
        String what = step.words() + " " + step.relation() + ": ";
        String where = table.name().sql();
        String said = ServerMessage.of(e);
        if (state(e).equals(Identity.REFUSED)) {
            return Problem.of(
                    ProblemCode.CATALOG_MOVED,
                    where,
                    what + said,
                    "plan again; the new plan starts from what is there now");
        }
        if (olderTransaction(e)) {
            return Problem.of(
                    ProblemCode.OLDER_TRANSACTION,
                    where,
                    what + "somebody reads by a snapshot from before, and could miss the rows that are moved: " + said,
                    "run again when the report, the dump or the transaction that was left open is over; nothing was changed");
        }
        if (state(e).equals(Pooler.BETWEEN)) {
            return Problem.of(
                    ProblemCode.CONNECTION_POOLED,
                    where,
                    what + "it runs outside of a transaction and needs a session of its own, and the connection goes"
                            + " through a pooler that may hand its settings to somebody else",
                    "run again with a connection to the server itself, past the pooler; nothing was changed");
        }
        if (connectionLost(e)) {
            return Problem.of(
                    ProblemCode.CONNECTION_LOST,
                    where,
                    what + "the connection broke (" + said + "), so whether this step was committed is not known",
                    "run again: the next run looks at what is there and goes on from that");
        }
        return switch (state(e)) {
            case INSUFFICIENT_PRIVILEGE ->
                Problem.of(
                        ProblemCode.PRIVILEGE_MISSING,
                        where,
                        what + said,
                        table.owner()
                                .map(owner -> new String[] {
                                    "if you may not act for " + owner + ", the table's owner: GRANT " + owner
                                            + " TO <your role>",
                                    "if the owner may not do this: grant it what is missing, such as CREATE on the schema, "
                                            + "or on the tablespace that is declared"
                                })
                                .orElseGet(() -> new String[] {
                                    "GRANT CREATE ON SCHEMA " + table.name().schema() + " TO <your role>"
                                }));
            case READ_ONLY_TRANSACTION ->
                Problem.of(ProblemCode.SERVER_READ_ONLY, where, what + said, "connect to the primary server");
            case OUT_OF_MEMORY ->
                Problem.of(
                        ProblemCode.OUT_OF_SHARED_MEMORY,
                        where,
                        what + said,
                        "raise max_locks_per_transaction, or keep fewer partitions; each takes locks of its own");
            case CHECK_VIOLATION, NOT_NULL_VIOLATION -> checkViolation(where, what, said, step);
            case QUERY_CANCELED -> canceled(where, what, said, step);
            default ->
                Problem.of(
                        ProblemCode.STATEMENT_FAILED,
                        where,
                        what + said + " (SQLSTATE " + state(e) + ")",
                        "mend what the server complains of, and run again; nothing was changed");
        };
    }

    private static Problem checkViolation(String where, String what, String said, Step step) {
        if (step instanceof ValidateConstraint validate) {
            return Problem.of(
                    ProblemCode.CONSTRAINT_DRIFT,
                    where,
                    what + "not all of its rows fulfil " + validate.constraint() + " (" + said + ")",
                    "mend these rows, or drop the constraint if it is not meant for them; nothing was changed");
        }
        if (step instanceof AlignPartition) {
            return Problem.of(
                    ProblemCode.RETIRED_DIFFERS,
                    where,
                    what + "its rows are not what the table has come to demand since it was taken out (" + said + ")",
                    "mend these rows in " + step.relation()
                            + ", or take them away, and run again; nothing was changed");
        }
        return step instanceof CreateFromDefault moving
                ? Problem.of(
                        ProblemCode.DEFAULT_HAS_ROWS,
                        where,
                        what + "a row in " + moving.fallback() + " does not fit into the partition (" + said + ")",
                        "mend the row, or declare a partition for it; nothing was changed")
                : Problem.of(
                        ProblemCode.DEFAULT_HAS_ROWS,
                        where,
                        what + "rows that belong there have come to lie in DEFAULT since the plan was made (" + said
                                + ")",
                        "plan again: the new plan counts them and says what to do");
    }

    private static Problem canceled(String where, String what, String said, Step step) {
        if (step instanceof DetachPartition) {
            return Problem.of(
                    ProblemCode.PARTITION_REFERENCED,
                    where,
                    what + "PostgreSQL's look for rows that refer to it took longer than a second, and"
                            + " everybody waited; nothing was changed",
                    "make an index on the foreign key's columns in the tables that refer to this one");
        }
        if (step instanceof CreateFromDefault moving) {
            return Problem.of(
                    ProblemCode.DEFAULT_HAS_ROWS,
                    where,
                    what + "moving the rows out of " + moving.fallback()
                            + " took longer than a second, and everybody waited; nothing was changed",
                    "move them by hand in a quiet hour (docs/reference/problems/default-has-rows.md has the statements)");
        }
        return Problem.of(ProblemCode.STATEMENT_FAILED, where, what + said, "run again; nothing was changed");
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? CONNECTION_CLASS : e.getSQLState();
    }
}
