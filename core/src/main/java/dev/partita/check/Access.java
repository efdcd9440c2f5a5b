package dev.partita.check;

import dev.partita.sql.Identifier;
import java.util.Optional;

/**
 * Whether we may look into a relation.
 *
 * @param readable whether with our own rights
 * @param owner whose rights we may use; empty when we may not
 */
record Access(boolean readable, Optional<Identifier> owner) {

    boolean open() {
        return readable || owner.isPresent();
    }

    /** As whom, if not as ourselves. */
    Optional<Identifier> reader() {
        return readable ? Optional.empty() : owner;
    }
}
