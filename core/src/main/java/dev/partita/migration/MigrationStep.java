package dev.partita.migration;

import dev.partita.step.Rewriting;
import dev.partita.table.TableName;

/** A step of a migration. */
interface MigrationStep extends Rewriting {

    /** Of which. */
    Rewrite rewrite();

    @Override
    default TableName table() {
        return rewrite().table();
    }
}
