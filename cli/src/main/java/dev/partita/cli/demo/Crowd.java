package dev.partita.cli.demo;

import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Customers who place, change and cancel orders, at every isolation level, and keep an account of what was confirmed to them. */
final class Crowd implements AutoCloseable {

    private static final Map<Integer, String> ISOLATIONS = new TreeMap<>(Map.of(
            Connection.TRANSACTION_READ_COMMITTED, "read committed",
            Connection.TRANSACTION_REPEATABLE_READ, "repeatable read",
            Connection.TRANSACTION_SERIALIZABLE, "serializable"));

    /** Nobody else's orders have such numbers of customers. */
    private static final long FIRST = 1_000_000;

    private final List<Buyer> buyers = new ArrayList<>();

    /** Lets one in for each isolation level. */
    Crowd(DemoServer server) throws SQLException {
        for (int isolation : ISOLATIONS.keySet()) {
            buyers.add(new Buyer(server.connect(), isolation, FIRST + buyers.size()));
        }
        buyers.forEach(Buyer::begun);
    }

    /** Tells them to stop, and what they did; fails if one was ever refused. */
    Done stop() {
        return buyers.stream().map(Buyer::stop).reduce(Done.NOTHING, Done::and);
    }

    /**
     * What was confirmed to them.
     *
     * @param placed orders
     * @param changed orders, some of which went to another month by it
     * @param cancelled orders
     * @param again how often one was told to begin anew
     * @param longest milliseconds that the longest statement took
     */
    record Done(long placed, long changed, long cancelled, long again, double longest) {

        static final Done NOTHING = new Done(0, 0, 0, 0, 0);

        Done and(Done other) {
            return new Done(
                    placed + other.placed,
                    changed + other.changed,
                    cancelled + other.cancelled,
                    again + other.again,
                    Math.max(longest, other.longest));
        }
    }

    /** How many customers there are, and at which levels. */
    String words() {
        return Figures.count(buyers.size()) + " customers, at "
                + String.join(", ", ISOLATIONS.values()).toUpperCase(Locale.ROOT);
    }

    /**
     * Looks for each order that was confirmed, and for any other.
     *
     * @throws IllegalStateException if one is lost, there twice, changed or was cancelled
     */
    void compare(Shop shop) throws SQLException {
        for (Buyer buyer : buyers) {
            String found = shop.value(Sql.of(
                    "SELECT coalesce(string_agg(id || ' ' || amount || ' ' || extract(epoch FROM created_at)::bigint, '\n' ORDER BY id), '')"
                            + " FROM {} WHERE customer_id = {}",
                    Shop.ORDERS,
                    Literal.of(buyer.customer())));
            if (!found.equals(buyer.account())) {
                throw new IllegalStateException("customer " + buyer.customer() + " was confirmed\n" + buyer.account()
                        + "\nand the table has\n" + found);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (Buyer buyer : buyers) {
            buyer.close();
        }
    }
}
