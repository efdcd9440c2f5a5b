package dev.partita.cases.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cases.running.Application;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A writer who does to the table of {@link Books} whatever can be done to a table, and remembers what of it was committed. It alone
 * writes its rows, so it knows each of them exactly; rows that all write are known by the sum of what was added.
 *
 * <p>What it inserts it takes out of a row that is its bank, so the sum over the table never changes.
 */
final class Bookkeeper implements Application.Turn {

    private static final int MOST_OPERATIONS = 4;

    private final int number;
    private final Random random;
    private long ids = 0;

    private Map<Long, Row> committed = new TreeMap<>();
    private Map<Long, Row> now = new TreeMap<>();
    private final Map<Long, Long> added = new TreeMap<>();
    private final Map<Long, Long> adding = new TreeMap<>();

    /** A row but for its id. */
    record Row(String at, long amount, @Nullable Long slot, long version) {

        Row at(String other) {
            return new Row(other, amount, slot, version + 1);
        }

        Row plus(long more) {
            return new Row(at, amount + more, slot, version + 1);
        }

        Row slot(@Nullable Long other) {
            return new Row(at, amount, other, version + 1);
        }

        Row next() {
            return new Row(at, amount, slot, version + 1);
        }
    }

    Bookkeeper(int number, Random random) {
        this.number = number;
        this.random = random;
    }

    /** What it says of its rows and of those that all write. */
    Map<Long, Row> rows() {
        return committed;
    }

    Map<Long, Long> added() {
        return added;
    }

    /** The row out of which it pays, and those it begins with. */
    void begin(Statement statement) throws SQLException {
        now.put(bank(), new Row(Books.AT.get(0), 1_000_000, null, 0));
        statement.execute(
                "INSERT INTO public.orders VALUES (" + bank() + ", '" + Books.AT.get(0) + "', 1000000, NULL, 0, '')");
        insertMany(statement, 250);
        committed();
    }

    private long bank() {
        return 0L + Books.SHARED + number;
    }

    private long fresh() {
        ids++;
        return 1000 + ids * Books.MOST_WRITERS + number;
    }

    private String moment() {
        return Books.AT.get(random.nextInt(Books.AT.size()));
    }

    @Override
    public void take(Statement statement) throws SQLException {
        now = new TreeMap<>(committed);
        adding.clear();
        int operations = 1 + random.nextInt(MOST_OPERATIONS);
        for (int i = 0; i < operations; i++) {
            if (random.nextInt(8) == 0) {
                inVain(statement);
            } else {
                operate(statement);
            }
        }
        if (random.nextInt(40) == 0) {
            statement.execute("SELECT pg_sleep(0.1)");
        }
        if (random.nextInt(15) == 0) {
            statement.getConnection().rollback();
            now = new TreeMap<>(committed);
            adding.clear();
        }
    }

    @Override
    public void committed() {
        committed = now;
        adding.forEach((id, amount) -> added.merge(id, amount, Long::sum));
        adding.clear();
    }

    /** What is done behind a savepoint, and taken back. */
    private void inVain(Statement statement) throws SQLException {
        Map<Long, Row> before = new TreeMap<>(now);
        Map<Long, Long> addingBefore = new TreeMap<>(adding);
        Savepoint savepoint = statement.getConnection().setSavepoint();
        operate(statement);
        operate(statement);
        statement.getConnection().rollback(savepoint);
        now = before;
        adding.clear();
        adding.putAll(addingBefore);
    }

    private void operate(Statement statement) throws SQLException {
        switch (random.nextInt(14)) {
            case 0 -> insert(statement, fresh(), moment());
            case 1 -> insertMany(statement, 1 + random.nextInt(8));
            case 2 -> copy(statement);
            case 3, 4 -> transfer(statement);
            case 5 -> renumber(statement);
            case 6, 7 -> move(statement);
            case 8 -> exchangeSlots(statement);
            case 9 -> exchangeIds(statement);
            case 10 -> delete(statement, any());
            case 11 -> deleteAndInsertAgain(statement);
            case 12 -> touchMany(statement);
            default -> share(statement);
        }
    }

    private long any() {
        List<Long> ids = new ArrayList<>(now.keySet());
        ids.remove(bank());
        return ids.get(random.nextInt(ids.size()));
    }

    private void change(Statement statement, int rows, String sql) throws SQLException {
        assertThat(statement.executeUpdate(sql)).as("rows changed by %s", sql).isEqualTo(rows);
    }

    private Row row(long id) {
        return Objects.requireNonNull(now.get(id));
    }

    private Row take(long id) {
        return Objects.requireNonNull(now.remove(id));
    }

    private void pay(Statement statement, long amount) throws SQLException {
        now.compute(bank(), (id, row) -> row.plus(-amount));
        change(
                statement,
                1,
                "UPDATE public.orders SET amount = amount - " + amount + ", version = version + 1 WHERE id = "
                        + bank());
    }

    private void insert(Statement statement, long id, String at) throws SQLException {
        long amount = random.nextInt(100);
        Long slot = random.nextBoolean() ? null : Long.valueOf(fresh());
        pay(statement, amount);
        change(
                statement,
                1,
                "INSERT INTO public.orders VALUES (" + id + ", '" + at + "', " + amount + ", " + slot
                        + ", 0, repeat('x', 100))");
        now.put(id, new Row(at, amount, slot, 0));
    }

    private void insertMany(Statement statement, int count) throws SQLException {
        long first = ids + 1;
        ids += count;
        String at = moment();
        pay(statement, count);
        change(
                statement,
                count,
                "INSERT INTO public.orders SELECT 1000 + n * " + Books.MOST_WRITERS + " + " + number + ", '" + at
                        + "', 1, 1000 + n * " + Books.MOST_WRITERS + " + " + number
                        + ", 0, repeat('x', 100) FROM generate_series(" + first + "::bigint, " + ids + ") AS n");
        for (long n = first; n <= ids; n++) {
            long id = 1000 + n * Books.MOST_WRITERS + number;
            now.put(id, new Row(at, 1, id, 0));
        }
    }

    private void copy(Statement statement) throws SQLException {
        int count = 1 + random.nextInt(5);
        pay(statement, count);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            long id = fresh();
            String at = moment();
            rows.append(id).append('\t').append(at).append("\t1\t\\N\t0\tcopied\n");
            now.put(id, new Row(at, 1, null, 0));
        }
        try {
            statement
                    .getConnection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY public.orders FROM STDIN", new StringReader(rows.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void transfer(Statement statement) throws SQLException {
        long one = any();
        long other = any();
        if (one == other) {
            return;
        }
        now.compute(one, (id, row) -> row.plus(-3));
        now.compute(other, (id, row) -> row.plus(3));
        change(
                statement,
                2,
                "UPDATE public.orders SET amount = amount + CASE id WHEN " + one
                        + " THEN -3 ELSE 3 END, version = version + 1 WHERE id IN (" + one + ", " + other + ")");
    }

    private void renumber(Statement statement) throws SQLException {
        long id = any();
        long to = fresh();
        now.put(to, take(id).next());
        change(statement, 1, "UPDATE public.orders SET id = " + to + ", version = version + 1 WHERE id = " + id);
    }

    private void move(Statement statement) throws SQLException {
        long id = any();
        String at = moment();
        now.compute(id, (same, row) -> row.at(at));
        change(
                statement,
                1,
                "UPDATE public.orders SET created_at = '" + at + "', version = version + 1 WHERE id = " + id);
    }

    /** Of two rows of the same moment, so that the new table's unique index has to let them. */
    private void exchangeSlots(Statement statement) throws SQLException {
        long one = any();
        Row first = row(one);
        for (Map.Entry<Long, Row> each : now.entrySet()) {
            long other = each.getKey();
            Row second = each.getValue();
            if (other != one && other != bank() && second.at().equals(first.at()) && second.slot() != null) {
                slot(statement, other, null);
                slot(statement, one, second.slot());
                slot(statement, other, first.slot());
                return;
            }
        }
    }

    private void slot(Statement statement, long id, @Nullable Long slot) throws SQLException {
        now.compute(id, (same, row) -> row.slot(slot));
        change(statement, 1, "UPDATE public.orders SET slot = " + slot + ", version = version + 1 WHERE id = " + id);
    }

    private void exchangeIds(Statement statement) throws SQLException {
        long one = any();
        long other = any();
        if (one == other) {
            return;
        }
        change(statement, 1, "UPDATE public.orders SET id = " + -one + " WHERE id = " + one);
        change(statement, 1, "UPDATE public.orders SET id = " + one + ", version = version + 1 WHERE id = " + other);
        change(statement, 1, "UPDATE public.orders SET id = " + other + ", version = version + 1 WHERE id = " + -one);
        Row first = row(one).next();
        now.put(one, row(other).next());
        now.put(other, first);
    }

    private void delete(Statement statement, long id) throws SQLException {
        Row row = take(id);
        change(statement, 1, "DELETE FROM public.orders WHERE id = " + id);
        pay(statement, -row.amount());
    }

    private void deleteAndInsertAgain(Statement statement) throws SQLException {
        long id = any();
        String at = random.nextBoolean() ? row(id).at() : moment();
        delete(statement, id);
        insert(statement, id, at);
    }

    private void touchMany(Statement statement) throws SQLException {
        long from = any();
        List<Long> some = now.keySet().stream()
                .filter(id -> id >= from && id != bank())
                .limit(1 + random.nextInt(12))
                .toList();
        some.forEach(id -> now.compute(id, (same, row) -> row.next()));
        change(
                statement,
                some.size(),
                "UPDATE public.orders SET version = version + 1 WHERE id IN ("
                        + String.join(", ", some.stream().map(String::valueOf).toList()) + ")");
    }

    /** In the order of their ids, so that no two wait for each other. */
    private void share(Statement statement) throws SQLException {
        if (!adding.isEmpty()) {
            return;
        }
        long one = 1L + random.nextInt(Books.SHARED - 1);
        long other = one + 1 + random.nextInt((int) (Books.SHARED - one));
        add(statement, one, -7);
        add(statement, other, 7);
    }

    private void add(Statement statement, long id, long amount) throws SQLException {
        change(statement, 1, "UPDATE public.orders SET amount = amount + " + amount + " WHERE id = " + id);
        adding.merge(id, amount, Long::sum);
    }
}
