package dev.partita.cli.connection;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A command that prints the password: the first line of its standard output.
 *
 * <p>It has no standard input, and its standard error is shown. What it prints on standard output is never shown.
 *
 * @param words the program and its arguments
 * @param limit how long it may take; what it leaves running when it ends is left alone
 * @param errors takes each line of its standard error
 */
record PasswordCommand(List<String> words, Duration limit, Consumer<String> errors) implements PasswordSource {

    /** Enough for a vault that asks its own server, short enough to notice. */
    static final Duration USUAL_LIMIT = Duration.ofSeconds(30);

    private static final int LONGEST_PASSWORD = 10_000;

    PasswordCommand {
        words = List.copyOf(words);
    }

    /** A line for the shell, as a person writes it. */
    static PasswordCommand line(String line, Consumer<String> errors) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        List<String> words = windows ? List.of("cmd", "/c", line) : List.of("sh", "-c", line);
        return new PasswordCommand(words, USUAL_LIMIT, errors);
    }

    @Override
    public Optional<Secret> read() {
        Process process = started();
        try {
            CompletableFuture<Secret> password = new CompletableFuture<>();
            CompletableFuture<Boolean> shown = new CompletableFuture<>();
            inBackground(() -> firstLine(process.getInputStream(), password), password);
            inBackground(() -> show(process.getErrorStream(), shown), shown);
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw failed("it did not end within " + limit.toSeconds() + " s, and was stopped");
            }
            shown.completeOnTimeout(false, 1, TimeUnit.SECONDS).join();
            if (process.exitValue() != 0) {
                throw failed("it ended with exit code " + process.exitValue());
            }
            Secret secret = password.get(1, TimeUnit.SECONDS);
            if (secret.isEmpty()) {
                throw failed("the first line of its output is empty");
            }
            return Optional.of(secret);
        } catch (TimeoutException e) {
            throw failed("it ended in the middle of a line, and left something running that holds its output open");
        } catch (ExecutionException | CompletionException e) {
            throw failed("its output is not text, or its first line is longer than a password");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("partita was stopped while it ran");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process started() {
        try {
            return new ProcessBuilder(words)
                    .redirectInput(Redirect.from(new File(nullDevice())))
                    .start();
        } catch (IOException e) {
            throw failed("it cannot be started");
        }
    }

    private static String nullDevice() {
        return File.separatorChar == '/' ? "/dev/null" : "NUL";
    }

    /** What reads the process, in a thread that does not keep partita from ending. */
    private static void inBackground(Reading reading, CompletableFuture<?> result) {
        Thread thread = new Thread(
                () -> {
                    try {
                        reading.read();
                    } catch (IOException | RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                },
                "partita password command");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Reading {
        void read() throws IOException;
    }

    /** Tells the first line as soon as it is there, and reads on, so that a command with more to say is not held up. */
    private static void firstLine(InputStream stream, CompletableFuture<Secret> result) throws IOException {
        char[] line = new char[LONGEST_PASSWORD];
        int length = 0;
        try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder())) {
            for (int next = reader.read(); next >= 0 && next != '\n' && next != '\r'; next = reader.read()) {
                if (length == line.length) {
                    throw new IOException("no password is this long");
                }
                line[length++] = (char) next;
            }
            result.complete(Secret.takenFrom(line, 0, length));
            reader.transferTo(Writer.nullWriter());
        } finally {
            Arrays.fill(line, '\0');
        }
    }

    private void show(InputStream stream, CompletableFuture<Boolean> result) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, Charset.defaultCharset()))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                errors.accept(line);
            }
        }
        result.complete(true);
    }

    /** Without a cause: the words of the command are the user's, and nothing of its output may come along. */
    private static PartitaException failed(String why) {
        return new PartitaException(Problem.of(
                ProblemCode.PASSWORD_COMMAND_FAILED,
                "--password-command",
                "the command gave no password: " + why,
                "run it by hand: it has to print the password as its first line and end with exit code 0, without"
                        + " asking anything on standard input"));
    }

    @Override
    public String name() {
        return "--password-command";
    }

    /** Without the words: people write secrets even there. */
    @Override
    public String toString() {
        return name();
    }
}
