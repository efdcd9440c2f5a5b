package dev.partita.cli.connection;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the process was started with, as far as connecting looks at it.
 *
 * @param variables the environment variables
 * @param home the home folder of the user
 * @param user the name of the operating-system user, who is also the database user unless another is named
 */
public record Surroundings(Map<String, String> variables, Path home, String user) {

    public Surroundings {
        variables = Map.copyOf(variables);
    }

    /** The surroundings of the running process. */
    public static Surroundings ofThisProcess() {
        return new Surroundings(
                System.getenv(), Path.of(System.getProperty("user.home")), System.getProperty("user.name"));
    }

    /** The variable's value; an empty one counts as not set. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** libpq's file of passwords when none is named. */
    Path passwordFile() {
        return variable("APPDATA")
                .map(folder -> Path.of(folder, "postgresql", "pgpass.conf"))
                .orElseGet(() -> home.resolve(".pgpass"));
    }

    /** libpq's file of services when none is named. */
    Path serviceFile() {
        return variable("APPDATA")
                .map(folder -> Path.of(folder, "postgresql", ".pg_service.conf"))
                .orElseGet(() -> home.resolve(".pg_service.conf"));
    }

    /** The certificate authorities that libpq trusts when none are named. */
    Path rootCertificates() {
        return variable("APPDATA")
                .map(folder -> Path.of(folder, "postgresql", "root.crt"))
                .orElseGet(() -> home.resolve(".postgresql").resolve("root.crt"));
    }

    /** Names where the variables come from, never their values: one of them is a password. */
    @Override
    public String toString() {
        return "surroundings of " + user + " in " + home;
    }
}
