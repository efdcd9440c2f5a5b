package dev.partita.migration;

import dev.partita.catalog.Answers;
import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogTable;
import dev.partita.declaration.TableDeclaration;
import dev.partita.sql.Identifier;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is seen of a migration at one moment; what comes next follows from it alone.
 *
 * @param migration what the state schema remembers
 * @param rewrite what its steps speak of
 * @param declaration what the table is to become
 * @param files in which the old rows lie
 * @param source the old table; after the swap what it has left behind on the new one
 * @param catalog the server, and the new table under the name that it is to have, with what is known of names that are taken
 * @param span the first and the last place of a row on the outermost range, as far as it was looked for
 * @param leaves of the new table
 * @param adopted foreign keys that the new table has as a whole
 * @param chunks that are not copied yet
 * @param backlog how many changes are noted and not brought over, counted up to a limit
 * @param analyzed whether statistics of the new table as a whole were ever collected; looked for before the swap
 * @param older sessions that would not see all of the new table
 * @param now by the clock of the database
 */
record Observation(
        Migration migration,
        Rewrite rewrite,
        TableDeclaration declaration,
        String files,
        Source source,
        Catalog catalog,
        Optional<Span> span,
        List<Leaf> leaves,
        Set<Identifier> adopted,
        List<Chunk> chunks,
        long backlog,
        boolean analyzed,
        List<OlderSession> older,
        Instant now) {

    Observation {
        leaves = List.copyOf(leaves);
        adopted = Set.copyOf(adopted);
        chunks = List.copyOf(chunks);
        older = List.copyOf(older);
    }

    /** From the first row to the last. */
    record Span(RangeLimit first, RangeLimit last) {}

    /**
     * A leaf of the new table.
     *
     * @param filled whether it has rows
     * @param vacuumed whether it was vacuumed since
     * @param indexes names of those that are valid
     * @param unproven foreign keys that hold for new rows only
     */
    record Leaf(TableName name, boolean filled, boolean vacuumed, Set<Identifier> indexes, List<Identifier> unproven) {}

    /**
     * A range of blocks.
     *
     * @param heap the table in which they lie
     * @param identity that table's
     * @param first the first block
     * @param end the block after the last
     */
    record Chunk(TableName heap, long identity, long first, long end) {}

    /** The same, with what the planner has asked for. */
    Observation with(Answers answers) {
        return new Observation(
                migration,
                rewrite,
                declaration,
                files,
                source,
                catalog.with(answers),
                span,
                leaves,
                adopted,
                chunks,
                backlog,
                analyzed,
                older,
                now);
    }

    /** The new table, under the name that it is to have; empty before it is made. */
    Optional<CatalogTable> shadow() {
        return catalog.table(rewrite.table()).filter(table -> table.oid() != migration.source());
    }

    /** The indexes of the old table as they are to be. */
    List<IndexShape> shapes() {
        return source.indexes().stream()
                .map(index -> new IndexShape(index, rewrite.table(), rewrite.place()))
                .toList();
    }
}
