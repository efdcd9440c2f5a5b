package dev.partita.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The way to start PostgreSQL's programs, which refuse to run as root, and as a user whom {@code /etc/passwd} doesn't name.
 *
 * <p>An ordinary user just starts them. The others start them in a user namespace of their own, where they see themselves as
 * nobody and still own their files; where the kernel denies that (hardened containers), root starts them as the real user
 * nobody, who must then own the server's folder.
 */
enum Account {
    MYSELF(List.of()),
    UNNOTICED(List.of("unshare", "--user")),
    NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

    private final List<String> starter;

    Account(List<String> starter) {
        this.starter = starter;
    }

    /** The account for the owner of this folder, which is whoever this JVM runs as. */
    static Account forOwnerOf(Path folder) {
        boolean root = Integer.valueOf(0).equals(uid(folder));
        if (!root && Command.of("id", "-un").succeeds()) {
            return MYSELF;
        }
        String wished = System.getProperty("partita.test.account", "");
        return List.of(UNNOTICED, NOBODY).stream()
                .filter(account -> wished.isEmpty() || account.name().equals(wished))
                .filter(account -> Command.of("true").through(account.starter).succeeds())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("PostgreSQL does not run as root, and neither `unshare --user`"
                                + " nor `setpriv` works here: run the tests as an ordinary user"));
    }

    static Object uid(Path folder) {
        try {
            return Files.getAttribute(folder, "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell who owns " + folder, e);
        }
    }

    /** Lets the account own a folder that this JVM has made. */
    void own(Path folder) {
        if (this == NOBODY) {
            Command.of("chown", "65534:65534", folder.toString()).run();
        }
    }

    String run(Command command) {
        return command.through(starter).run();
    }
}
