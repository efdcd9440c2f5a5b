package dev.partita.cli.connection;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** libpq's file of named connections, {@code pg_service.conf}. */
final class ServiceFile {

    private ServiceFile() {}

    /**
     * What the service says: from the user's file, or else from the system's.
     *
     * @throws PartitaException when no file has it, or it holds what cannot be honoured
     */
    static Settings read(String service, String origin, Surroundings surroundings) {
        List<Path> files = files(surroundings);
        for (Path file : files) {
            Optional<Settings> found = section(service, file);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new PartitaException(Problem.of(
                ProblemCode.SERVICE_UNKNOWN,
                origin,
                "no service of this name stands in "
                        + String.join(" or ", files.stream().map(Path::toString).toList()),
                "add a section with its name in brackets, or name the file in PGSERVICEFILE"));
    }

    private static List<Path> files(Surroundings surroundings) {
        List<Path> files = new ArrayList<>();
        files.add(surroundings.variable("PGSERVICEFILE").map(Path::of).orElseGet(surroundings::serviceFile));
        files.add(Path.of(surroundings.variable("PGSYSCONFDIR").orElse("/etc/postgresql-common"))
                .resolve("pg_service.conf"));
        return files;
    }

    private static Optional<Settings> section(String service, Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            return Optional.empty();
        }
        Settings.@Nullable Collected settings = null;
        int number = 0;
        for (String raw : lines(file)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                if (settings != null) {
                    break;
                }
                if (line.equals("[" + service + "]")) {
                    settings = new Settings.Collected(file + ", service " + service);
                }
            } else if (settings != null) {
                take(line, file + ":" + number, settings);
            }
        }
        return Optional.ofNullable(settings).map(Settings.Collected::settings);
    }

    private static void take(String line, String place, Settings.Collected settings) {
        int equals = line.indexOf('=');
        String name = equals < 0 ? line : line.substring(0, equals);
        if (equals < 0 || name.equals("service") || name.startsWith("ldap")) {
            throw new PartitaException(Problem.of(
                    ProblemCode.CONNECTION_STRING_INVALID,
                    place,
                    "the line is not name=value, or asks for another service or an LDAP server",
                    "write the settings themselves: host=…, dbname=…"));
        }
        if (!Setting.named(Spelling.LIBPQ, name).map(settings::has).orElse(false)) {
            settings.put(Spelling.LIBPQ, name, line.substring(equals + 1).strip(), "the setting in line " + place);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new PartitaException(
                    Problem.of(
                            ProblemCode.SERVICE_UNKNOWN,
                            file.toString(),
                            "the file of services cannot be read as UTF-8 text",
                            "make it readable for the user who runs partita"),
                    e);
        }
    }
}
