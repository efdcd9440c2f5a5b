package dev.partita.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** partita and pg_partman, each with a fleet of its own in the same database, in turns. */
final class Beside implements AutoCloseable {

    /** How many partitions a table gets at once. */
    private static final int MORE = 4;

    /** Rounds before those that count: compilers and caches become warm. */
    private static final int WARMING = 100;

    private final Setting setting;
    private final boolean withDefault;
    private final Meter meter;
    private final Database database;
    private final HikariDataSource pool;
    private final Connection session;
    private final Fleet ourFleet;
    private final Fleet theirFleet;
    private final Contender ours;
    private final Contender theirs;

    /** partita on a single connection, for the creation alone. */
    private final Contender single;

    Beside(Setting setting, boolean withDefault) throws Exception {
        this.setting = setting;
        this.withDefault = withDefault;
        this.meter = new Meter(setting.postmaster());
        this.database = Database.create(withDefault ? "beside_with_default" : "beside");
        this.pool = database.pool();
        this.session = database.connect("pg_partman");
        this.ourFleet = new Fleet("ours", setting.tables(), withDefault);
        this.theirFleet = new Fleet("theirs", setting.tables(), withDefault);
        this.ours = new PartitaContender(ourFleet, pool, Database.CONNECTIONS);
        this.single = new PartitaContender(new Fleet("single", setting.tables(), withDefault), pool, 1);
        this.theirs = new PartmanContender(theirFleet, session);
        ours.begin();
        theirs.begin();
        if (setting.wants("create")) {
            single.begin();
        }
        Database.run(session, "VACUUM ANALYZE");
        Database.run(session, "CHECKPOINT");
        same();
    }

    List<Figure> figures() throws Exception {
        List<Figure> figures = new ArrayList<>();
        if (setting.wants("idle")) {
            figures.addAll(idle());
        }
        if (setting.wants("create")) {
            figures.addAll(create());
        }
        if (setting.wants("readers")) {
            figures.addAll(readers());
        }
        return figures;
    }

    private List<Figure> idle() throws Exception {
        List<Cost> our = new ArrayList<>();
        List<Cost> their = new ArrayList<>();
        for (int round = -WARMING; round < setting.rounds(); round++) {
            Cost ourCost = meter.of(ours::maintain);
            Cost theirCost = meter.of(theirs::maintain);
            if (round >= 0) {
                our.add(ourCost);
                their.add(theirCost);
            }
        }
        same();
        String what = "nothing to do on " + each();
        List<Figure> figures = new ArrayList<>(figures(what, our, their, "≤ 0.3"));
        figures.add(command(what, their));
        return figures;
    }

    /** The same by the command, which starts a Java and logs in each time. */
    private Figure command(String what, List<Cost> their) throws Exception {
        Path file = setting.work().resolve("partita.yml");
        Files.writeString(file, ourFleet.yaml(Fleet.AHEAD));
        Command apply = new Command(setting, database, "apply", "--file", file.toString());
        List<Double> took = apply.milliseconds(setting.rounds());
        return Figure.beside(
                what + ", the whole command `partita apply`",
                Median.of(took),
                Cost.median(their, Cost::milliseconds),
                "ms",
                "");
    }

    private List<Figure> create() throws Exception {
        List<Cost> our = new ArrayList<>();
        List<Cost> their = new ArrayList<>();
        List<Cost> alone = new ArrayList<>();
        for (int round = -1; round < setting.rounds(); round++) {
            ours.want(MORE);
            theirs.want(MORE);
            single.want(MORE);
            Cost ourCost = meter.of(ours::maintain);
            Cost theirCost = meter.of(theirs::maintain);
            Cost singleCost = meter.of(single::maintain);
            if (round >= 0) {
                our.add(ourCost);
                their.add(theirCost);
                alone.add(singleCost);
            }
            same();
        }
        String what = MORE + " more partitions with 2 indexes for " + each();
        List<Figure> figures = new ArrayList<>(figures(what, our, their, "≤ 0.5"));
        figures.addAll(figures(what + "; partita on one connection", alone, their, ""));
        return figures;
    }

    private List<Figure> readers() throws Exception {
        double ourWorst = 0;
        double ourBlocked = 0;
        double theirWorst = 0;
        double theirBlocked = 0;
        double alone = 0;
        for (int round = 0; round < 3; round++) {
            ours.want(MORE);
            theirs.want(MORE);
            Reader.Worst beside = reading(ourFleet, ours::maintain);
            ourWorst = Math.max(ourWorst, beside.latency());
            ourBlocked = Math.max(ourBlocked, beside.blocked());
            beside = reading(theirFleet, theirs::maintain);
            theirWorst = Math.max(theirWorst, beside.latency());
            theirBlocked = Math.max(theirBlocked, beside.blocked());
            alone = Math.max(
                    alone, reading(ourFleet, () -> TimeUnit.SECONDS.sleep(5)).latency());
            same();
        }
        String what = "a reader of all partitions meanwhile" + (withDefault ? ", DEFAULT included" : "");
        return List.of(
                Figure.beside(what + ": longest wait for a lock", ourBlocked, theirBlocked, "ms", "≤ 30 ms"),
                Figure.beside(what + ": its slowest answer", ourWorst, theirWorst, "ms", ""),
                Figure.alone(what + ": its slowest answer with nothing running beside it", alone, "ms", ""));
    }

    private Reader.Worst reading(Fleet fleet, Meter.Work work) throws Exception {
        try (Reader reader = new Reader(database, fleet.tables())) {
            TimeUnit.SECONDS.sleep(1); // every table is to have been read once before it counts
            work.run();
            return reader.end();
        }
    }

    private List<Figure> figures(String what, List<Cost> our, List<Cost> their, String bar) {
        return List.of(
                Figure.beside(
                        what, Cost.median(our, Cost::milliseconds), Cost.median(their, Cost::milliseconds), "ms", bar),
                Figure.beside(
                        what + ", time of processors",
                        Cost.median(our, Cost::cpuMilliseconds),
                        Cost.median(their, Cost::cpuMilliseconds),
                        "ms",
                        ""));
    }

    private String each() {
        return setting.tables() + " tables × 24 partitions" + (withDefault ? " and a DEFAULT" : "");
    }

    /**
     * Whoever does less is faster; so both have to have done the same. pg_partman counts months as 30 days each, which far ahead
     * makes one less of them now and then.
     */
    private void same() throws Exception {
        long our = ours.partitions();
        long their = theirs.partitions();
        if (our < their || our > their + setting.tables()) {
            throw new IllegalStateException("partita has " + our + " partitions, pg_partman " + their);
        }
    }

    @Override
    public void close() throws SQLException {
        pool.close();
        session.close();
    }
}
