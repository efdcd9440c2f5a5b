package dev.partita.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** A program of the operating system with its arguments, run to its end with nothing on its standard input. */
record Command(List<String> words) {

    Command {
        words = List.copyOf(words);
    }

    static Command of(String... words) {
        return new Command(List.of(words));
    }

    /** The same command as another program would start it: {@code unshare -U …}. */
    Command through(List<String> starter) {
        return new Command(Stream.concat(starter.stream(), words.stream()).toList());
    }

    /** What it printed. */
    String run() {
        Outcome outcome = outcome();
        if (!outcome.fine()) {
            throw new IllegalStateException(
                    "`" + String.join(" ", words) + "` ended with " + outcome.code + ":\n" + outcome.printed);
        }
        return outcome.printed;
    }

    boolean succeeds() {
        try {
            return outcome().fine();
        } catch (UncheckedIOException noSuchProgram) {
            return false;
        }
    }

    private Outcome outcome() {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(await(process), printed);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + words.get(0), e);
        }
    }

    /** The exit code. An interrupt doesn't shorten the wait, these programs are quick; the thread learns of it afterwards. */
    static int await(Process process) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record Outcome(int code, String printed) {
        boolean fine() {
            return code == 0;
        }
    }
}
