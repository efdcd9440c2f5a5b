package dev.partita.cli;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that a command writes, whole or not at all. */
final class OutputFile {

    private OutputFile() {}

    /** Puts a file in the place of the one that is there, if any. */
    static void write(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Path draft = Files.createTempFile(folder, ".partita", ".tmp");
            try {
                Files.writeString(draft, text);
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Writes a file that is not there yet. */
    static void create(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new PartitaException(
                    Problem.of(
                            ProblemCode.FILE_EXISTS,
                            file.toString(),
                            "exists already, and is not overwritten",
                            "write to another: --output FILE",
                            "or look at it first: --output -"),
                    e);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static PartitaException unwritable(Path file, IOException e) {
        return new PartitaException(
                Problem.of(
                        ProblemCode.FILE_UNWRITABLE,
                        file.toString(),
                        "cannot be written: " + e,
                        "name a file in a folder that exists and that you may write to"),
                e);
    }
}
