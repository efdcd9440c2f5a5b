package dev.partita.cases.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cases.running.Installed;
import dev.partita.cases.tap.Boundary;
import dev.partita.cases.tap.Pool;
import dev.partita.migration.Phase;
import dev.partita.problem.PartitaException;
import dev.partita.test.PostgresServer;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import javax.sql.DataSource;

/** The same small migration again and again, struck wherever it can be, and carried on with by others. */
final class Ordeal implements AutoCloseable, Blow.Surroundings {

    /** Whoever has been struck so often and comes no further is stuck. */
    private static final int MOST_WITHOUT_PROGRESS = 400;

    private static final int MOST_ATTEMPTS = 5;

    /** In so many states processes are struck before they hold the lease as well; then all has been tried there. */
    private static final int THOROUGHLY = 4;

    private final TestDatabase database;
    private final Stall stall;
    private int prologue;
    private Pool pool;
    private Connection superuser;
    private final Map<Goal, String> catalogs = new EnumMap<>(Goal.class);

    private Ordeal(TestDatabase database) throws SQLException {
        this.database = database;
        this.pool = new Pool(database.partita());
        this.stall = Stall.in(database);
        this.superuser = database.superuser().getConnection();
    }

    static Ordeal on(PostgresServer server) throws SQLException {
        TestDatabase database = server.freshDatabase();
        Installed.in(database);
        Stall.prepare(database);
        return new Ordeal(database);
    }

    /**
     * What a journey comes by.
     *
     * @param boundaries how many
     * @param writes the numbers of those before a commit of something
     */
    record Census(int boundaries, List<Integer> writes) {
        Census {
            writes = List.copyOf(writes);
        }
    }

    @Override
    public Connection superuser() {
        return superuser;
    }

    @Override
    public void stopServer() {
        database.server().immediateStop();
        database.server().restart();
        try {
            pool.close();
            pool = new Pool(database.partita());
            superuser.close();
            superuser = database.superuser().getConnection();
            stall.comeAgain();
        } catch (SQLException e) {
            throw new IllegalStateException("after a restart of " + database, e);
        }
    }

    private void begin() throws SQLException {
        stall.forget();
        stall.open();
    }

    /** Undisturbed; what the catalog is then it has to be whenever this goal is reached. */
    Census dry(Goal goal) throws SQLException {
        prologue = goal == Goal.TAKEN_BACK ? 0 : prologue(goal);
        begin();
        List<Integer> writes = new ArrayList<>();
        Mortal nobody = Mortal.surviving(pool.dataSource(), Blow.EXCEPTION, this, boundary -> false);
        nobody.watchedBy((boundary, statement, connection) -> {
            if (boundary == Boundary.COMMIT && hasWritten(connection)) {
                writes.add(nobody.seen());
            }
        });
        goal.pursue(nobody.dataSource(), stall::seen);
        assertThat(goal.isReached(stall)).as("%s is reached", goal).isTrue();
        stall.assertHolds(goal.toString());
        catalogs.put(goal, catalog(goal));
        return new Census(nobody.seen(), writes);
    }

    /** A process that dies right after it has gone back leaves the proof of the old table's foreign keys to others. */
    private String catalog(Goal goal) throws SQLException {
        return goal == Goal.ROLLED_BACK ? stall.catalog().replace(" NOT VALID", "") : stall.catalog();
    }

    private static boolean hasWritten(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** How many boundaries a process comes by that finds a migration, until the lease is its own. */
    private int prologue(Goal goal) throws SQLException {
        begin();
        until(goal, Phase.PREPARING);
        List<Integer> writes = new ArrayList<>();
        Mortal process = Mortal.surviving(pool.dataSource(), Blow.EXCEPTION, this, boundary -> false);
        process.watchedBy((boundary, statement, connection) -> {
            if (boundary == Boundary.COMMIT && hasWritten(connection)) {
                writes.add(process.seen());
            }
        });
        try {
            goal.pursue(process.dataSource(), phase -> {
                throw new Arrived();
            });
        } catch (Arrived here) {
            process.bury();
        }
        return writes.get(0) + 1;
    }

    /** Undisturbed until it is in this phase; then its process is gone. */
    private void until(Goal goal, Phase phase) throws SQLException {
        Arrived arrived = new Arrived();
        try {
            goal.pursue(pool.dataSource(), now -> {
                stall.seen(now);
                if (now == phase) {
                    throw arrived;
                }
            });
        } catch (Arrived here) {
            stall.endLease();
        }
    }

    private static final class Arrived extends RuntimeException {
        private static final long serialVersionUID = 1;

        Arrived() {
            super("here", null, false, false);
        }
    }

    /**
     * A process is struck at its first boundary, the next at its second, and so on; as soon as one has got something done, the
     * next is struck at its first again. So each boundary of each state that a migration comes by is struck
     * once; but for those until the lease is taken, which are the same in each.
     *
     * @param from where processes begin to be struck
     * @return how often one was struck
     */
    int atEachBoundary(Goal goal, Phase from, Blow blow) throws SQLException {
        begin();
        if (from != Phase.PREPARING) {
            until(goal, from);
        }
        AtomicInteger states = new AtomicInteger();
        return chain(
                goal,
                blow,
                idle -> {
                    int state = idle == 0 ? states.incrementAndGet() : states.get();
                    return 1 + idle + (state > THOROUGHLY ? prologue : 0);
                },
                Integer.MAX_VALUE);
    }

    /** Each process is struck at a boundary that is drawn; migration after migration, until it was often enough. */
    int atDrawnBoundaries(Goal goal, Blow blow, IntSupplier drawn, int times) throws SQLException {
        int points = 0;
        while (points < times) {
            begin();
            points += chain(goal, blow, last -> drawn.getAsInt(), times - points);
        }
        return points;
    }

    /** The same with processes that are halted. */
    int halted(Goal goal, IntSupplier drawn, int times) throws Exception {
        int points = 0;
        while (points < times) {
            begin();
            while (!goal.isReached(stall) && points < times) {
                int boundary = drawn.getAsInt();
                if (Halting.at(boundary, goal, database.url() + "&ApplicationName=partita/halting")) {
                    points++;
                    crashed("halted at the " + boundary + "th boundary");
                }
            }
            goOn(goal, "after halts");
        }
        return points;
    }

    /** Struck once, at this boundary; then somebody wants something else. */
    boolean once(Goal goal, Blow blow, int boundary, Goal then) throws SQLException {
        begin();
        Mortal process = Mortal.dying(pool.dataSource(), blow, this, boundary);
        pursue(goal, process.dataSource());
        process.bury();
        if (process.struck() > 0) {
            crashed(process.where());
        }
        goOn(then, "after " + process.where());
        return process.struck() > 0;
    }

    /** Struck once, and whoever carries on as well. */
    int twice(Goal goal, Blow blow, int first, int second, Goal then) throws SQLException {
        begin();
        Mortal process = Mortal.dying(pool.dataSource(), blow, this, first);
        pursue(goal, process.dataSource());
        process.bury();
        stall.endLease();
        stall.meanwhile();
        Mortal another = Mortal.dying(pool.dataSource(), blow, this, second);
        pursue(then, another.dataSource());
        another.bury();
        stall.assertHolds("struck " + process.where() + " and " + another.where());
        goOn(then, "after " + process.where() + " and " + another.where());
        return process.struck() + another.struck();
    }

    /** Processes that are struck now and then, and go on by themselves as long as they can. */
    int livingOn(Goal goal, Blow blow, IntPredicate when) throws SQLException {
        begin();
        int points = 0;
        for (int i = 0; i < MOST_WITHOUT_PROGRESS && !goal.isReached(stall); i++) {
            Mortal process = Mortal.surviving(pool.dataSource(), blow, this, when);
            pursue(goal, process.dataSource());
            process.bury();
            points += process.struck();
            crashed(process.where());
        }
        goOn(goal, "after " + points + " strikes");
        return points;
    }

    private int chain(Goal goal, Blow blow, IntUnaryOperator next, int most) throws SQLException {
        int points = 0;
        int idle = 0;
        int boundary = next.applyAsInt(0);
        String before = stall.progress();
        while (!goal.isReached(stall) && points < most) {
            Mortal process = Mortal.dying(pool.dataSource(), blow, this, boundary);
            String said = pursue(goal, process.dataSource());
            process.bury();
            if (process.struck() > 0) {
                points++;
                crashed(process.where());
            } else {
                assertThat(goal.isReached(stall))
                        .as("%s is reached; %s", goal, said)
                        .isTrue();
            }
            String now = stall.progress();
            idle = now.equals(before) ? idle + 1 : 0;
            assertThat(idle)
                    .as("strikes without progress, the last %s", process.where())
                    .isLessThan(MOST_WITHOUT_PROGRESS);
            boundary = next.applyAsInt(idle);
            before = now;
        }
        goOn(goal, "after " + points + " strikes");
        return points;
    }

    /** What holds at once, before anybody has mended anything; then the application goes on. */
    private void crashed(String where) throws SQLException {
        stall.assertHolds("struck " + where);
        stall.endLease();
        stall.meanwhile();
    }

    private String pursue(Goal goal, DataSource partita) {
        try {
            goal.pursue(partita, stall::seen);
            return "it came to rest";
        } catch (SQLException | PartitaException | IllegalStateException | Mortal.Dead e) {
            return String.valueOf(e);
        }
    }

    /** Somebody else carries on, undisturbed. */
    void goOn(Goal goal, String when) throws SQLException {
        String said = "nothing was left to do";
        for (int i = 0; i < MOST_ATTEMPTS && !goal.isReached(stall); i++) {
            stall.endLease();
            said = pursue(goal, pool.dataSource());
        }
        assertThat(goal.isReached(stall))
                .as("%s is reached %s; it is %s: %s", goal, when, stall.phase(), said)
                .isTrue();
        stall.assertHolds(goal + " " + when);
        Goal end = goal.end(stall);
        assertThat(catalog(end)).as("the catalog, %s %s", goal, when).isEqualTo(catalogs.get(end));
    }

    @Override
    public void close() throws SQLException {
        superuser.close();
        stall.close();
        pool.close();
        database.close();
    }
}
