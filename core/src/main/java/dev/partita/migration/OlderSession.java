package dev.partita.migration;

/**
 * A session whose snapshot is older than the new table's rows: it would find the table empty.
 *
 * @param process its process on the server
 * @param user who it is; empty where that cannot be seen
 * @param application what it calls itself
 * @param seconds for how long its transaction has been open
 */
public record OlderSession(int process, String user, String application, long seconds) {

    @Override
    public String toString() {
        return "process " + process + (user.isEmpty() ? "" : " of " + user)
                + (application.isEmpty() ? "" : " (" + application + ")") + ", whose transaction is open for " + seconds
                + " s";
    }
}
