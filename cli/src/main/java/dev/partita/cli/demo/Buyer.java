package dev.partita.cli.demo;

import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Places, changes and cancels orders on a connection of their own, until told to stop. */
final class Buyer implements AutoCloseable {

    /** Between two visits, so that a small machine has time for others. */
    private static final Duration REST = Duration.ofMillis(3);

    private static final String BEGIN_ANEW = "40001";

    private final Connection connection;
    private final long customer;
    private final Random random;
    private final Map<Long, Order> orders = new TreeMap<>();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Crowd.Done> done;
    private volatile boolean enough;

    /**
     * An order as it was confirmed.
     *
     * @param second when it was placed
     */
    private record Order(BigDecimal amount, long second) {}

    /** @param customer nobody else's number */
    Buyer(Connection connection, int isolation, long customer) throws SQLException {
        this.connection = connection;
        this.customer = customer;
        this.random = new Random(customer);
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(isolation);
        this.done = CompletableFuture.supplyAsync(this::shop);
    }

    long customer() {
        return customer;
    }

    /** Waits until they are at it. */
    void begun() {
        CompletableFuture.anyOf(begun, done).join();
    }

    /** Tells them to stop, and what was confirmed to them; fails if they were refused anything but to begin anew. */
    Crowd.Done stop() {
        enough = true;
        return done.join();
    }

    /** Their orders, a line each. */
    String account() {
        return orders.entrySet().stream()
                .map(order -> order.getKey() + " " + order.getValue().amount() + " "
                        + order.getValue().second())
                .collect(Collectors.joining("\n"));
    }

    private Crowd.Done shop() {
        Crowd.Done sum = Crowd.Done.NOTHING;
        try (Statement statement = connection.createStatement()) {
            while (!enough) {
                sum = sum.and(visit(statement));
                begun.complete(null);
                LockSupport.parkNanos(REST.toNanos());
            }
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
        return sum;
    }

    /** What is done in one transaction counts when that is confirmed. */
    private Crowd.Done visit(Statement statement) throws SQLException {
        long begin = System.nanoTime();
        Map<Long, Order> before = Map.copyOf(orders);
        Crowd.Done did;
        try {
            did = act(statement);
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            orders.clear();
            orders.putAll(before);
            if (!BEGIN_ANEW.equals(e.getSQLState())) {
                throw e;
            }
            did = new Crowd.Done(0, 0, 0, 1, 0);
        }
        return did.and(new Crowd.Done(0, 0, 0, 0, (System.nanoTime() - begin) / 1e6));
    }

    private Crowd.Done act(Statement statement) throws SQLException {
        int what = random.nextInt(5);
        if (orders.isEmpty() || what < 2) {
            write(statement, Sql.of("""
                    INSERT INTO {} (customer_id, amount, status, shipping_region, created_at)
                    VALUES ({}, {}, 'paid', 'EU', date_trunc('second', now()))
                    RETURNING id, amount, extract(epoch FROM created_at)::bigint""", Shop.ORDERS, number(customer), number(5 + random.nextInt(295))));
            return new Crowd.Done(1, 0, 0, 0, 0);
        }
        List<Long> ids = new ArrayList<>(orders.keySet());
        long id = ids.get(random.nextInt(ids.size()));
        if (what == 4) {
            run(statement, Sql.of("DELETE FROM {} WHERE id = {}", Shop.ORDERS, number(id)));
            orders.remove(id);
            return new Crowd.Done(0, 0, 1, 0, 0);
        }
        // So far back that it is neither this month nor the last one, whose sales are reported.
        boolean moved = random.nextInt(2) == 0;
        write(statement, Sql.of("""
                UPDATE {} SET amount = amount + 1, created_at = created_at
                    - CASE WHEN {} AND created_at > now() - interval '31 days' THEN interval '62 days' ELSE interval '0' END
                WHERE id = {}
                RETURNING id, amount, extract(epoch FROM created_at)::bigint""", Shop.ORDERS, new Sql(Boolean.toString(moved)), number(id)));
        return new Crowd.Done(0, 1, 0, 0, 0);
    }

    private static Literal number(long number) {
        return Literal.of(number);
    }

    private void write(Statement statement, Sql sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql.sql())) {
            if (!row.next()) {
                throw new IllegalStateException("an order that was confirmed is gone: " + sql);
            }
            orders.put(row.getLong(1), new Order(row.getBigDecimal(2), row.getLong(3)));
        }
    }

    private static void run(Statement statement, Sql sql) throws SQLException {
        if (statement.executeUpdate(sql.sql()) != 1) {
            throw new IllegalStateException("an order that was confirmed is not there once: " + sql);
        }
    }

    @Override
    public void close() throws SQLException {
        enough = true;
        done.handle((sum, failure) -> true).join();
        connection.close();
    }
}
