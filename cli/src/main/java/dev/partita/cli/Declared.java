package dev.partita.cli;

import dev.partita.declaration.Declarations;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a declaration file says.
 *
 * @param declarations the tables
 * @param database the connection string that it names, or null
 */
record Declared(Declarations declarations, @Nullable String database) {

    static Declared in(Path file) {
        throw new UnsupportedOperationException("reading " + file);
    }
}
