package dev.partita.cli.connection;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a person said about the connection, in the command line and in {@code partita.yml}.
 *
 * @param url the connection string given as an argument, or null
 * @param configuredUrl the connection string that {@code partita.yml} has, or null
 * @param passwordFile the file of {@code --password-file}, or null
 * @param passwordCommand the shell line of {@code --password-command}, or null
 */
public record ConnectionOptions(
        @Nullable String url,
        @Nullable String configuredUrl,
        @Nullable Path passwordFile,
        @Nullable String passwordCommand) {

    /** Nothing was said: the environment decides. */
    public static final ConnectionOptions NONE = new ConnectionOptions(null, null, null, null);

    /** Nothing but the one argument, null for none. */
    public static ConnectionOptions url(@Nullable String url) {
        return new ConnectionOptions(url, null, null, null);
    }

    /** Without the values, which may hold what should not have been written there. */
    @Override
    public String toString() {
        return "connection options";
    }
}
