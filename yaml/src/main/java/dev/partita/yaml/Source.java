package dev.partita.yaml;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The text of a file.
 *
 * @param text at most {@value #MOST_BYTES} characters
 */
record Source(String text) {

    /** A declaration of a thousand tables is a tenth of this. */
    static final int MOST_BYTES = 1 << 20;

    private static final char BYTE_ORDER_MARK = '\ufeff';

    static Source of(Path path) {
        try (InputStream file = Files.newInputStream(path)) {
            return of(path.toString(), file.readNBytes(MOST_BYTES + 1));
        } catch (NoSuchFileException e) {
            throw unreadable(path.toString(), "there is no such file", "write one, or let partita init write it");
        } catch (AccessDeniedException e) {
            throw unreadable(
                    path.toString(),
                    "the file may not be read",
                    "give the user that runs partita the right to read it");
        } catch (IOException e) {
            throw unreadable(
                    path.toString(), "the file cannot be read: " + e.getMessage(), "see that it is a plain file");
        }
    }

    static Source of(String name, byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw tooLarge(name);
        }
        try {
            return of(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            throw unreadable(name, "the file is not UTF-8", "save it as UTF-8");
        }
    }

    static Source of(String name, String text) {
        if (text.length() > MOST_BYTES) {
            throw tooLarge(name);
        }
        return new Source(text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text);
    }

    private static PartitaException tooLarge(String name) {
        return unreadable(name, "the file is larger than 1 MiB", "divide the tables among several files");
    }

    private static PartitaException unreadable(String name, String message, String wayOut) {
        return new PartitaException(Problem.of(ProblemCode.DECLARATION_UNREADABLE, name, message, wayOut));
    }
}
