package dev.partita.cli;

import dev.partita.declaration.Declarations;
import dev.partita.yaml.PartitaFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a declaration file says.
 *
 * @param declarations the tables
 * @param database the connection string that it names, or null
 */
record Declared(Declarations declarations, @Nullable String database) {

    private static final Declared NOTHING = new Declared(Declarations.of(), null);

    static Declared in(Path file) {
        PartitaFile declared = PartitaFile.read(file);
        return new Declared(declared.declarations(), declared.database().orElse(null));
    }

    /** For commands that need no declaration: nothing is declared where there is no file. */
    static Declared ifThere(Path file) {
        return Files.exists(file) ? in(file) : NOTHING;
    }
}
