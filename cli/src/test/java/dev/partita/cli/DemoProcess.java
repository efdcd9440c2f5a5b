package dev.partita.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code partita demo} in a process of its own, whose temporary files lie in a folder of the test's. */
final class DemoProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path temporary;
    private final Path errors;
    private final Process process;
    private final BufferedReader out;

    /**
     * Starts it.
     *
     * @param folder of the test
     * @param starter what starts Java, none or a command such as {@code unshare --user}
     * @param words what is typed behind {@code demo}
     */
    DemoProcess(Path folder, List<String> starter, String classPath, String... words) throws IOException {
        temporary = Files.createDirectory(folder.resolve("tmp"));
        errors = folder.resolve("err");
        List<String> command = new ArrayList<>(starter);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary));
        command.addAll(List.of("-cp", classPath, "dev.partita.cli.Main", "demo"));
        command.addAll(List.of(words));
        process = new ProcessBuilder(command)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectError(errors.toFile())
                .start();
        out = process.inputReader(UTF_8);
    }

    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /**
     * What makes a process a leader of its own group that hears Ctrl+C, even where the tests run in the background and so
     * deaf to it.
     */
    static List<String> hearing() {
        return List.of("setsid", "env", "--default-signal=INT");
    }

    /** Whether a command of the operating system is there and ends well. */
    static boolean works(List<String> starter) {
        try {
            List<String> command =
                    Stream.concat(starter.stream(), Stream.of("true")).toList();
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until a line of the story holds these words. */
    void awaitLine(String words) throws IOException {
        String line = out.readLine();
        while (line != null && !line.contains(words)) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("it ended without saying " + words + "\n" + errors());
        }
    }

    /** Sends a signal to the process, or with a minus before its number to its whole group, as a terminal does. */
    void signal(String signal, boolean group) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -s " + signal + " -- " + (group ? "-" : "") + process.pid())
                .start()
                .waitFor();
    }

    /** The exit code, as shells tell it. */
    int await() throws IOException, InterruptedException {
        out.lines().forEach(line -> {});
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("it does not end\n" + errors());
        }
        return process.exitValue();
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    /** What lies in the folder for temporary files. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        }
    }

    /** The folder of the server, if it is there. */
    List<Path> folders() throws IOException {
        return files().stream().filter(Files::isDirectory).toList();
    }

    /** The command lines of all programs that work below our folder. */
    List<String> programs() {
        return ProcessHandle.allProcesses()
                .filter(other -> other.pid() != process.pid())
                .map(other -> other.info().commandLine().orElse(""))
                .filter(line -> line.contains(temporary.toString()))
                .collect(Collectors.toList());
    }

    /** Waits until neither server nor folder are left; for ends that nobody can wait for in the process itself. */
    void awaitNothingLeft() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!folders().isEmpty() || !programs().isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("left behind: " + folders() + " " + programs());
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
        awaitNothingLeft();
    }
}
