package dev.partita.cli.demo;

import dev.partita.sql.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Looks at one order after the other on a connection of their own, until told to stop. */
final class Customer implements AutoCloseable {

    /**
     * What they saw.
     *
     * @param looks how often they looked
     * @param longest milliseconds that the longest look took
     */
    record Saw(long looks, double longest) {}

    private final Connection connection;
    private final Sql look;
    private final CompletableFuture<Saw> seen;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private volatile boolean enough;

    Customer(Connection connection, Sql look) {
        this.connection = connection;
        this.look = look;
        this.seen = CompletableFuture.supplyAsync(this::watch);
        CompletableFuture.anyOf(begun, seen).join();
    }

    private Saw watch() {
        long looks = 0;
        long longest = 0;
        try (Statement statement = connection.createStatement()) {
            while (!enough) {
                long begin = System.nanoTime();
                try (ResultSet order = statement.executeQuery(look.sql())) {
                    order.next();
                }
                // The first one fills the caches of its session.
                longest = looks == 0 ? 0 : Math.max(longest, System.nanoTime() - begin);
                looks++;
                begun.complete(null);
            }
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
        return new Saw(looks, longest / 1e6);
    }

    /** Tells them to stop, and what they saw; fails if they were ever refused. */
    Saw stop() {
        enough = true;
        return seen.join();
    }

    @Override
    public void close() throws SQLException {
        enough = true;
        seen.handle((saw, failure) -> saw).join();
        connection.close();
    }
}
