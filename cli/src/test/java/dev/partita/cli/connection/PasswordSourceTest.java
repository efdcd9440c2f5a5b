package dev.partita.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.partita.problem.PartitaException;
import dev.partita.problem.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordSourceTest {

    @TempDir
    Path home;

    private Path file(String name, String text, String mode) throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "files have modes here");
        Path file = Files.writeString(home.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    private Optional<String> password(ConnectionOptions options, Map<String, String> variables) {
        return source(options, variables).read().map(Secret::reveal);
    }

    private PasswordSource source(ConnectionOptions options, Map<String, String> variables) {
        return Target.find(options, new Surroundings(variables, home, "shop"), line -> {})
                .passwords();
    }

    private static ProblemCode codeOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(PartitaException.class, call)
                .problems()
                .get(0)
                .code();
    }

    @Test
    void asksNobodyWhenThereIsNothing() {
        assertThat(password(ConnectionOptions.NONE, Map.of())).isEmpty();
    }

    @Test
    void prefersWhatWasSaidToTheVariableAndTheVariableToTheFiles() throws IOException {
        Path own = file("own", "own\n", "rw-------");
        Path named = file("named", "*:*:*:*:named", "rw-------");
        file(".pgpass", "*:*:*:*:usual", "rw-------");

        assertThat(password(new ConnectionOptions(null, null, own, null), Map.of("PGPASSWORD", "variable")))
                .contains("own");
        assertThat(password(new ConnectionOptions(null, null, null, "echo said"), Map.of("PGPASSWORD", "variable")))
                .contains("said");
        assertThat(password(ConnectionOptions.NONE, Map.of("PGPASSWORD", "variable", "PGPASSFILE", named.toString())))
                .contains("variable");
        assertThat(password(ConnectionOptions.NONE, Map.of("PGPASSFILE", named.toString())))
                .contains("named");
        assertThat(password(ConnectionOptions.url("passfile=" + named), Map.of()))
                .contains("named");
        assertThat(password(ConnectionOptions.NONE, Map.of())).contains("usual");
    }

    @Test
    void refusesAFileAndACommandTogether() {
        assertThat(codeOf(() -> source(new ConnectionOptions(null, null, Path.of("a"), "b"), Map.of())))
                .isEqualTo(ProblemCode.CONNECTION_SETTING_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw--w----", "rw----r--", "rw-----w-", "rwx--x---"})
    void refusesAFileThatOthersMayReadOrWrite(String mode) throws IOException {
        Path open = file("open", "*:*:*:*:pw", mode);

        assertThat(codeOf(new PasswordSource.OwnFile(open)::read)).isEqualTo(ProblemCode.PASSWORD_FILE_UNUSABLE);
        assertThat(codeOf(() -> password(ConnectionOptions.NONE, Map.of("PGPASSFILE", open.toString()))))
                .isEqualTo(ProblemCode.PASSWORD_FILE_UNUSABLE);
    }

    @ParameterizedTest
    @CsvSource({"r--------,shop", "rw-------,shop", "rwx------,shop"})
    void takesAFileOfItsOwner(String mode) throws IOException {
        assertThat(new PasswordSource.OwnFile(file("own", "pw\r\nmore\n", mode))
                        .read()
                        .map(Secret::reveal))
                .contains("pw");
    }

    @Test
    void takesAFileOfRootsThatItsGroupMayRead() throws IOException {
        Path mounted = file("mounted", "pw", "r--r-----");
        boolean root = Files.getOwner(mounted).getName().equals("root");

        if (root) {
            assertThat(new PasswordSource.OwnFile(mounted).read().map(Secret::reveal))
                    .contains("pw");
        } else {
            assertThat(codeOf(new PasswordSource.OwnFile(mounted)::read)).isEqualTo(ProblemCode.PASSWORD_FILE_UNUSABLE);
        }
    }

    @Test
    void refusesAFileThatIsMissingEmptyOrNoText() throws IOException {
        Path empty = file("empty", "\nsecond\n", "rw-------");
        Path bytes = file("bytes", "", "rw-------");
        Files.write(bytes, new byte[] {(byte) 0xff, (byte) 0xfe});

        for (Path file : List.of(home.resolve("missing"), home, empty, bytes)) {
            assertThat(codeOf(new PasswordSource.OwnFile(file)::read))
                    .as(file.toString())
                    .isEqualTo(ProblemCode.PASSWORD_FILE_UNUSABLE);
        }
        assertThat(codeOf(() -> password(ConnectionOptions.NONE, Map.of("PGPASSFILE", "/nowhere/at/all"))))
                .isEqualTo(ProblemCode.PASSWORD_FILE_UNUSABLE);
    }

    @Test
    void looksUpEachHostAndRefusesToShowOneHostsPasswordToAnother() throws IOException {
        file(".pgpass", "a:*:*:*:one\nb:*:*:*:two\nc:*:*:*:one", "rw-------");

        assertThat(password(ConnectionOptions.url("postgresql://a,c/x"), Map.of()))
                .contains("one");
        assertThat(password(ConnectionOptions.url("postgresql://d,a/x"), Map.of()))
                .contains("one");
        assertThat(password(ConnectionOptions.url("postgresql://d/x"), Map.of()))
                .isEmpty();
        assertThat(codeOf(() -> password(ConnectionOptions.url("postgresql://a,b/x"), Map.of())))
                .isEqualTo(ProblemCode.PASSWORD_FILE_UNUSABLE);
    }

    @Test
    void takesTheFirstLineOfTheCommandsOutput() {
        assertThat(command("printf 'pass word\\nsecond\\n'")).contains("pass word");
        assertThat(command("echo pässwörd")).contains("pässwörd");
        assertThat(command("printf 'no newline'")).contains("no newline");
        // More than a pipe holds: the command must not be stopped by it.
        assertThat(command("echo first; head -c 300000 /dev/zero | tr '\\0' x")).contains("first");
    }

    @Test
    @Timeout(60)
    void doesNotWaitForWhatTheCommandLeavesRunning() {
        // As an agent that a password manager starts: it inherits the output and lives on.
        assertThat(command("echo pw; sleep 20 &")).contains("pw");
    }

    private static Optional<String> command(String line) {
        return PasswordCommand.line(line, ignored -> {}).read().map(Secret::reveal);
    }

    @Test
    void runsACommandWithoutAShell() {
        PasswordCommand command =
                new PasswordCommand(List.of("printf", "%s", "$HOME;`id`"), PasswordCommand.USUAL_LIMIT, line -> {});

        assertThat(command.read().map(Secret::reveal)).contains("$HOME;`id`");
    }

    @Test
    void givesTheCommandNoInput() {
        assertThat(command("if read line; then echo \"asked: $line\"; else echo nothing; fi"))
                .contains("nothing");
    }

    @Test
    void showsTheCommandsErrorsAndNeverItsOutput() {
        List<String> errors = Collections.synchronizedList(new ArrayList<>());
        PasswordCommand command =
                PasswordCommand.line("echo S3CR3T; echo the vault is sealed >&2; exit 3", errors::add);

        PartitaException failure = catchThrowableOfType(PartitaException.class, command::read);

        assertThat(failure.problems().get(0).code()).isEqualTo(ProblemCode.PASSWORD_COMMAND_FAILED);
        assertThat(failure).hasMessageContaining("exit code 3").hasMessageNotContaining("S3CR3T");
        assertThat(failure).hasNoCause();
        assertThat(errors).containsExactly("the vault is sealed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "echo", "exit 0", "head -c 20000 /dev/zero | tr '\\0' x", "printf '\\377'"})
    void refusesACommandThatPrintsNoPassword(String line) {
        assertThat(codeOf(PasswordCommand.line(line, ignored -> {})::read))
                .isEqualTo(ProblemCode.PASSWORD_COMMAND_FAILED);
    }

    @Test
    void refusesACommandThatDoesNotExist() {
        PasswordCommand missing =
                new PasswordCommand(List.of("/nowhere/at/all", "S3CR3T"), PasswordCommand.USUAL_LIMIT, line -> {});

        PartitaException failure = catchThrowableOfType(PartitaException.class, missing::read);

        assertThat(failure).hasMessageContaining("cannot be started").hasMessageNotContaining("S3CR3T");
        assertThat(failure).hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo pw; sleep 600", "sleep 600; echo pw", "echo pw; sleep 600 | cat"})
    @Timeout(60)
    void stopsACommandThatTakesTooLongAndWhatItStarted(String line) {
        PasswordCommand endless = new PasswordCommand(List.of("sh", "-c", line), Duration.ofMillis(300), ignored -> {});

        assertThat(codeOf(endless::read)).isEqualTo(ProblemCode.PASSWORD_COMMAND_FAILED);
    }

    @Test
    void keepsSecretsOutOfText() {
        Secret secret = Secret.of("S3CR3T");
        assertThat(secret.toString()).doesNotContain("S3CR3T");
        secret.close();
        assertThat(secret.reveal().getBytes(StandardCharsets.UTF_8)).containsOnly(0);

        assertThat(new Surroundings(Map.of("PGPASSWORD", "S3CR3T"), home, "os").toString())
                .doesNotContain("S3CR3T");
        assertThat(new ConnectionOptions("S3CR3T", "S3CR3T", null, "echo S3CR3T").toString())
                .doesNotContain("S3CR3T");
        assertThat(PasswordCommand.line("echo S3CR3T", line -> {}).toString()).doesNotContain("S3CR3T");
    }

    @Test
    void overwritesTheArrayThatASecretWasTakenFrom() {
        char[] text = "S3CR3T and more".toCharArray();

        assertThat(Secret.takenFrom(text, 0, 6).reveal()).isEqualTo("S3CR3T");
        assertThat(text).containsOnly('\0');
    }
}
