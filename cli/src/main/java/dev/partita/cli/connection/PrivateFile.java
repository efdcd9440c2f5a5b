package dev.partita.cli.connection;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file with passwords in it, read only when nobody else can read it. */
final class PrivateFile {

    /** Nobody has this many passwords; a larger file is another file. */
    private static final long LARGEST = 1_000_000;

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private static final Set<PosixFilePermission> GROUP_WRITES =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE);

    private PrivateFile() {}

    /**
     * The file's text; the caller overwrites the array when done.
     *
     * @throws PartitaException when the file is no plain file, cannot be read as UTF-8, or others may read it. A
     *     file of root's may be readable by its group, as in a mounted secret; else nobody but the owner may. Where the
     *     file system has no such modes, as on Windows, they are not asked for.
     */
    static char[] read(Path file) {
        byte[] bytes = {};
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                throw unusable(file, "it is missing, no plain file, or larger than a megabyte", null);
            }
            requirePrivate(file);
            bytes = Files.readAllBytes(file);
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            char[] characters = Arrays.copyOfRange(text.array(), text.position(), text.limit());
            Arrays.fill(text.array(), '\0');
            return characters;
        } catch (CharacterCodingException e) {
            throw unusable(file, "it is not UTF-8 text", null);
        } catch (IOException e) {
            throw unusable(file, "it cannot be read", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        @Nullable PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes attributes = view.readAttributes();
        Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
        open.addAll(GROUP_WRITES);
        if (!attributes.owner().getName().equals("root")) {
            open.add(PosixFilePermission.GROUP_READ);
        }
        open.retainAll(attributes.permissions());
        if (!open.isEmpty()) {
            throw new PartitaException(Problem.of(
                    ProblemCode.PASSWORD_FILE_UNUSABLE,
                    file.toString(),
                    "others than its owner may read or write this file of passwords, so partita does not use it",
                    "chmod 600 " + file,
                    "in Kubernetes: defaultMode: 0400 on the volume of the secret"));
        }
    }

    private static PartitaException unusable(Path file, String why, @Nullable IOException cause) {
        Problem problem = Problem.of(
                ProblemCode.PASSWORD_FILE_UNUSABLE,
                file.toString(),
                "the password cannot be taken from this file: " + why,
                "name a file that the user who runs partita can read, mode 0600");
        return cause == null ? new PartitaException(problem) : new PartitaException(problem, cause);
    }
}
