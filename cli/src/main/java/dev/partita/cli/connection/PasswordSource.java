package dev.partita.cli.connection;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where the password comes from; asked when a connection is opened, and again when the server rejects it. */
sealed interface PasswordSource
        permits PasswordSource.Nowhere,
                PasswordSource.Variable,
                PasswordSource.OwnFile,
                PasswordSource.LibpqFile,
                PasswordCommand {

    /**
     * The password, or empty when this source has none for the target.
     *
     * @throws PartitaException when the source cannot be used
     */
    Optional<Secret> read();

    /** The source as messages name it. */
    String name();

    /** No source at all. */
    record Nowhere() implements PasswordSource {
        @Override
        public Optional<Secret> read() {
            return Optional.empty();
        }

        @Override
        public String name() {
            return "nowhere";
        }
    }

    /** The variable {@code PGPASSWORD}. */
    record Variable(Surroundings surroundings) implements PasswordSource {
        @Override
        public Optional<Secret> read() {
            return surroundings.variable("PGPASSWORD").map(Secret::of);
        }

        @Override
        public String name() {
            return "PGPASSWORD";
        }
    }

    /** A file whose first line is the password. */
    record OwnFile(Path file) implements PasswordSource {
        @Override
        public Optional<Secret> read() {
            char[] text = PrivateFile.read(file);
            try {
                int end = 0;
                while (end < text.length && text[end] != '\n' && text[end] != '\r') {
                    end++;
                }
                if (end == 0) {
                    throw new PartitaException(Problem.of(
                            ProblemCode.PASSWORD_FILE_UNUSABLE,
                            file.toString(),
                            "the first line of the file is empty",
                            "write the password, and nothing else, into its first line"));
                }
                return Optional.of(Secret.takenFrom(text, 0, end));
            } finally {
                Arrays.fill(text, '\0');
            }
        }

        @Override
        public String name() {
            return file.toString();
        }
    }

    /** libpq's file of passwords, looked up as libpq does. */
    record LibpqFile(Path file, List<Host> hosts, String database, String user) implements PasswordSource {
        @Override
        public Optional<Secret> read() {
            char[] text = PrivateFile.read(file);
            try {
                Optional<Secret> first = Optional.empty();
                for (Host host : hosts) {
                    Optional<Secret> found = new PasswordLines(text)
                            .find(List.of(host.name(), String.valueOf(host.port()), database, user));
                    if (first.isPresent() && found.isPresent() && !first.get().sameAs(found.get())) {
                        throw new PartitaException(Problem.of(
                                ProblemCode.PASSWORD_FILE_UNUSABLE,
                                file.toString(),
                                "it has different passwords for the hosts of one target, and the driver would show the"
                                        + " password of one host to the other",
                                "connect to one host at a time, or give " + user + " one password"));
                    }
                    first = first.or(() -> found);
                }
                return first;
            } finally {
                Arrays.fill(text, '\0');
            }
        }

        @Override
        public String name() {
            return file.toString();
        }
    }
}
