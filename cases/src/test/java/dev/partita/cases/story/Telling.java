package dev.partita.cases.story;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.Stretch;
import dev.partita.execution.Fence;
import dev.partita.execution.Patience;
import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.plan.Plan;
import dev.partita.plan.Request;
import dev.partita.plan.Window;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.table.TableName;
import dev.partita.test.TestDatabase;
import dev.partita.test.TestingClock;
import dev.partita.yaml.PartitaFile;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** One database in which a story is told: the scene that was set so far, and partita looking at it. */
final class Telling implements AutoCloseable {

    private final TestDatabase database;
    private final Kept looks;
    private final Kept plans;
    private final TestingClock clock = TestingClock.at("2024-01-15T12:00:00Z");
    private final List<Connection> meanwhile = new ArrayList<>();
    private Declarations declarations = new Declarations(List.of());
    private List<Problem> misdeclared = List.of();
    private Request asked = Request.NONE;

    Telling(TestDatabase database) {
        this.database = database;
        this.looks = new Kept(database.superuser());
        this.plans = new Kept(database.partita());
    }

    TestDatabase database() {
        return database;
    }

    /** What is wrong with the declaration as such; empty when nothing is. */
    List<Problem> misdeclared() {
        return misdeclared;
    }

    void set(Chapter chapter) {
        endMeanwhile();
        asked = Request.NONE;
        chapter.scene().forEach(this::set);
    }

    private void set(Section section) {
        switch (section.kind()) {
            case DECLARATION -> declare(section.body());
            case BEFORE, THEN -> execute(section.role(), section.body());
            case MEANWHILE -> begin(section.role(), section.body());
            case NOW -> clock.set(section.body().strip());
            case ASKED -> asked = request(section.body().lines().toList());
            default -> {}
        }
    }

    private static Request request(List<String> lines) {
        Request request = Request.of(lines.stream()
                .filter(line -> !line.startsWith("retire")
                        && !line.equals("repair")
                        && !line.startsWith("restore ")
                        && !line.startsWith("release ")
                        && !line.startsWith("adopt "))
                .map(Telling::window)
                .toList());
        for (String line : lines) {
            if (line.startsWith("retire")) {
                request = request.with(Request.Retire.ASKED);
            }
            if (line.equals("repair")) {
                request = request.repairing();
            }
            if (line.startsWith("release ")) {
                String[] words = line.substring("release ".length()).split(" because ", 2);
                request = request.releasing(Map.of(TableName.parse(words[0]), words[1]));
            }
            if (line.startsWith("adopt ")) {
                request = request.adopting(List.of(adoption(line.substring("adopt ".length()))));
            }
            if (line.startsWith("restore ")) {
                request = request.restoring(Set.of(TableName.parse(line.substring("restore ".length()))));
            }
            if (line.startsWith("retire at most ")) {
                request = request.atMost(Integer.parseInt(line.substring("retire at most ".length())));
            }
        }
        return request;
    }

    private void declare(String yaml) {
        try {
            declarations = PartitaFile.read("partita.yml", yaml).declarations();
            misdeclared = List.of();
        } catch (PartitaException e) {
            misdeclared = e.problems();
        }
    }

    private void execute(String role, String sql) {
        switch (role) {
            case "" -> database.execute(sql);
            case "superuser" -> database.executeAsSuperuser(sql);
            default -> database.executeAsSuperuser("SET SESSION AUTHORIZATION " + role, sql);
        }
    }

    /** A transaction of somebody else that stays open. */
    private void begin(String role, String sql) {
        try {
            Connection connection = role.equals("superuser")
                    ? database.superuser().getConnection()
                    : database.connect(role.isEmpty() ? TestDatabase.OWNER : role);
            meanwhile.add(connection);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL search_path = public");
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("meanwhile: " + sql, e);
        }
    }

    /** Whether somebody else has a transaction open. */
    boolean disturbed() {
        return !meanwhile.isEmpty();
    }

    /** Everything that is there. */
    String catalog() {
        return look(CatalogText::of);
    }

    /** What can be told by whether anything was written. */
    String traces() {
        return look(CatalogText::traces) + (disturbed() ? "" : "\n" + look(CatalogText::counts));
    }

    private String look(Look look) {
        try {
            return look.at(looks.connection());
        } catch (SQLException e) {
            throw new IllegalStateException("cannot look into " + database, e);
        }
    }

    @FunctionalInterface
    private interface Look {
        String at(Connection connection) throws SQLException;
    }

    void endMeanwhile() {
        for (Connection connection : meanwhile) {
            try {
                connection.rollback();
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException("a session of the scene is lost", e);
            }
        }
        meanwhile.clear();
    }

    /** {@code orders 2023-01-01..2023-03-31T23:59}. */
    private static Window window(String line) {
        int space = line.lastIndexOf(' ');
        TableName table = TableName.parse(line.substring(0, space));
        String[] ends = line.substring(space + 1).split("\\.\\.");
        return ends[0].matches("-?\\d+")
                ? new Window(table, new Stretch.Numbers(new BigDecimal(ends[0]), new BigDecimal(ends[1])))
                : new Window(table, new Stretch.WallClock(moment(ends[0]), moment(ends[1])));
    }

    private static LocalDateTime moment(String text) {
        return text.contains("T")
                ? LocalDateTime.parse(text)
                : LocalDate.parse(text).atStartOfDay();
    }

    /** {@code orders_2021}, or {@code orders_2022_01 of orders for 2022-01}. */
    private static Request.Adoption adoption(String line) {
        String[] words = line.split(" of | for ");
        return new Request.Adoption(
                TableName.parse(words[0]),
                words.length > 1 ? Optional.of(TableName.parse(words[1])) : Optional.empty(),
                words.length > 2 ? Stretch.read(words[2], Spacing.parse("1 month")) : Optional.empty());
    }

    /** Partita's connections: a pool of one. */
    DataSource partita() {
        return plans.dataSource();
    }

    private Partita partita(DataSource dataSource) {
        Patience patience = meanwhile.isEmpty()
                ? Patience.KIND
                : Patience.KIND.withAttempts(2).withLockTimeout(java.time.Duration.ofMillis(100));
        return Partita.of(dataSource, declarations).with(clock::now).with(patience);
    }

    Plan plan() {
        return plan(partita());
    }

    /** A superuser's connection that stays open. */
    Connection superuser() throws SQLException {
        return looks.connection();
    }

    Plan plan(DataSource dataSource) {
        try {
            return partita(dataSource).plan(asked);
        } catch (SQLException e) {
            throw new BrokenOff(e);
        }
    }

    Run run(Plan plan, RunListener listener) {
        return run(plan, partita(), listener);
    }

    Run run(Plan plan, DataSource dataSource, RunListener listener) {
        return partita(dataSource).runner(Fence.NONE, listener).run(plan);
    }

    /** Plans and runs until nothing is left to do, or nothing moves any more. */
    void apply() {
        int left = Integer.MAX_VALUE;
        for (Plan plan = plan(); !plan.isEmpty() && plan.steps().count() < left; plan = plan()) {
            left = (int) plan.steps().count();
            run(plan, RunListener.NONE);
        }
    }

    /** The rows of a query, or the error. */
    String rows(String role, String sql) {
        try (Connection connection = role.equals("superuser")
                        ? database.superuser().getConnection()
                        : database.connect(role.isEmpty() ? TestDatabase.OWNER : role);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET search_path = public; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY';"
                    + " SET extra_float_digits = 1; SET bytea_output = 'hex'; SET standard_conforming_strings = on;"
                    + " SET quote_all_identifiers = off; SET IntervalStyle = 'postgres'");
            return Rows.of(statement, sql);
        } catch (SQLException e) {
            String message = Optional.ofNullable(e.getMessage()).orElse("");
            return message.lines().findFirst().orElse("") + " (" + e.getSQLState() + ")";
        }
    }

    @Override
    public void close() {
        endMeanwhile();
        looks.close();
        plans.close();
        database.close();
    }

    /** The connection broke while planning. */
    static final class BrokenOff extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenOff(SQLException cause) {
            super(cause);
        }
    }
}
