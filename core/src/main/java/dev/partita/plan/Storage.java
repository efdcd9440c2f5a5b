package dev.partita.plan;

import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.PartitionIndexes;
import dev.partita.catalog.Questions;
import dev.partita.catalog.RelationKind;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Retention.Then;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.step.Reason;
import dev.partita.step.Retired;
import dev.partita.step.Step;
import dev.partita.step.StoreElsewhere;
import dev.partita.table.TableName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where retired partitions are to lie, if that is another tablespace. */
record Storage(Catalog catalog, Optional<Identifier> tablespace) {

    static Storage of(Retention retention, Catalog catalog) {
        return new Storage(
                catalog,
                retention
                        .limited()
                        .map(Retention.Limited::then)
                        .filter(Then.MoveToTablespace.class::isInstance)
                        .map(then -> ((Then.MoveToTablespace) then).tablespace()));
    }

    /** What has to be known of partitions that are about to be taken out. */
    Questions questions(Stream<CatalogPartition> retired) {
        Set<Long> leaves = tablespace.isEmpty()
                ? Set.of()
                : retired.flatMap(Storage::leaves).map(CatalogPartition::oid).collect(Collectors.toSet());
        return leaves.isEmpty() ? Questions.NONE : Questions.aboutIndexes(leaves, Set.of());
    }

    /** Whether there is such a place; tells when there is none. */
    boolean exists(Findings findings) {
        if (tablespace.isEmpty() || catalog.server().tablespaces().contains(tablespace.get())) {
            return true;
        }
        findings.error(
                ProblemCode.TABLESPACE_MISSING,
                "then: move to tablespace " + tablespace.get()
                        + ": it does not exist on this server, so nothing is retired",
                Draft.nameOneOf(catalog));
        return false;
    }

    /** The step after the partition is taken out; empty when it stays where it lies. */
    Optional<Step> step(TableName table, CatalogPartition partition, Retired out, Reason reason) {
        List<CatalogPartition> leaves = leaves(partition)
                .sorted(Comparator.comparing(CatalogPartition::name))
                .toList();
        return tablespace
                .filter(place -> !leaves.isEmpty())
                .map(place -> new StoreElsewhere(
                        table,
                        out,
                        leaves.stream().map(CatalogPartition::name).toList(),
                        leaves.stream().flatMap(this::indexes).toList(),
                        place,
                        reason));
    }

    private static Stream<CatalogPartition> leaves(CatalogPartition partition) {
        return partition.tree().filter(part -> part.kind() == RelationKind.TABLE);
    }

    private Stream<TableName> indexes(CatalogPartition leaf) {
        return Optional.ofNullable(catalog.answers().indexes().get(leaf.oid())).stream()
                .flatMap(found -> found.indexes().stream())
                .map(PartitionIndexes.Part::name)
                .map(leaf.name()::sibling);
    }
}
