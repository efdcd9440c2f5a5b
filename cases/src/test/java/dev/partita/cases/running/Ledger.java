package dev.partita.cases.running;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an application has committed, by its own account: how many rows there are of each kind, and the sum of their amounts. */
final class Ledger {

    private final Map<String, Balance> balances = new TreeMap<>();

    /** Rows and their sum. */
    record Balance(long rows, long amount) {

        private static final Balance NOTHING = new Balance(0, 0);

        private Balance plus(Balance other) {
            return new Balance(rows + other.rows, amount + other.amount);
        }
    }

    /** What a transaction changes, booked when it is committed and forgotten when it is not. */
    static final class Entries {

        private final List<Map.Entry<String, Balance>> changes = new ArrayList<>();

        void forget() {
            changes.clear();
        }

        void add(String kind, long rows, long amount) {
            changes.add(Map.entry(kind, new Balance(rows, amount)));
        }
    }

    synchronized void book(Entries entries) {
        entries.changes.forEach(change -> balances.merge(change.getKey(), change.getValue(), Balance::plus));
    }

    synchronized Balance of(String kind) {
        return balances.getOrDefault(kind, Balance.NOTHING);
    }

    /** Closes the account of a kind: it is gone, as it should be. */
    synchronized void close(String kind) {
        balances.remove(kind);
    }

    synchronized Map<String, Balance> balances() {
        return Map.copyOf(balances);
    }
}
