package dev.partita.cli;

import dev.partita.cli.connection.ConnectionOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of every command that speaks to a database. */
final class DatabaseOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = {
                "The database, as libpq or JDBC write it, without a password:",
                "postgresql://shop@db/shop. Else PARTITA_URL, PARTITA_URL_FILE,",
                "the file's database: key, PGSERVICE, PGHOST, PGDATABASE, …"
            })
    private @Nullable String url;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "A file that holds the password and nothing else.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--password-command",
            paramLabel = "COMMAND",
            description = {"A command that prints the password.", "Else PGPASSWORD, PGPASSFILE or ~/.pgpass."})
    private @Nullable String passwordCommand;

    /**
     * What was said about the connection.
     *
     * @param configured what the declaration file says
     */
    ConnectionOptions with(@Nullable String configured) {
        return new ConnectionOptions(url, configured, passwordFile, passwordCommand);
    }

    /**
     * The same, where the database may also be named without an option.
     *
     * @param named what was said so, or null
     * @param spec of the command, to be told when both were said
     */
    DatabaseOptions or(@Nullable String named, CommandSpec spec) {
        if (named != null && url != null) {
            throw new ParameterException(spec.commandLine(), "name the database once: " + named + " or --url");
        }
        if (named != null) {
            url = named;
        }
        return this;
    }
}
