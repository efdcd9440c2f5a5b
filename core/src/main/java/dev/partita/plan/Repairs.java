package dev.partita.plan;

import dev.partita.catalog.Adopted;
import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.Drift;
import dev.partita.catalog.Likeness;
import dev.partita.catalog.Questions;
import dev.partita.catalog.RelationKind;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.step.Attached;
import dev.partita.step.Mending;
import dev.partita.step.Reason;
import dev.partita.step.RepairPartition;
import dev.partita.step.Step;
import dev.partita.step.ValidateConstraint;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes existing partitions like their table again, where somebody asks for it; {@code docs/design/mending.md} has the reasons. New
 * ones are made so anyway.
 */
final class Repairs {

    private final Draft draft;
    private final CatalogTable table;
    private final Catalog catalog;
    private final boolean asked;
    private final Findings findings;

    Repairs(Draft draft, CatalogTable table, Catalog catalog, Request request) {
        this.draft = draft;
        this.table = table;
        this.catalog = catalog;
        this.asked = request.repair() && !table.rehearsed();
        this.findings = draft.findings();
    }

    /** What has to be known before {@link #steps} can decide; nothing as long as nobody asks for repairs. */
    Questions questions() {
        return asked
                ? Questions.aboutDrift(table)
                        .and(Questions.aboutRetired(
                                unlike().map(CatalogPartition::oid).collect(Collectors.toSet()), Set.of()))
                : Questions.NONE;
    }

    /**
     * One step for each partition that differs.
     *
     * @param leaving the partitions that are taken out in the same plan
     */
    List<Step> steps(Set<TableName> leaving) {
        if (!asked) {
            return List.of();
        }
        Set<TableName> left = new HashSet<>(leaving);
        strangers().flatMap(CatalogPartition::tree).map(CatalogPartition::name).forEach(left::add);
        List<Step> steps = new ArrayList<>();
        below(table.name(), table.partitions())
                .filter(place -> place.partition().kind() != RelationKind.FOREIGN
                        && !place.partition().detachPending())
                .forEach(place -> {
                    CatalogPartition partition = place.partition();
                    List<Drift> drift = drift(partition);
                    if (drift.isEmpty()) {
                        return;
                    }
                    if (left.contains(partition.name())) {
                        tellStranger(partition, leaving);
                    } else {
                        repair(place, drift).ifPresent(steps::add);
                        validations(place, drift).forEach(steps::add);
                    }
                });
        return steps;
    }

    /** A partition and what it is attached to. */
    private record Place(TableName parent, CatalogPartition partition) {}

    private static Stream<Place> below(TableName parent, List<CatalogPartition> partitions) {
        return partitions.stream()
                .flatMap(partition -> Stream.concat(
                        Stream.of(new Place(parent, partition)), below(partition.name(), partition.partitions())));
    }

    /** What somebody made by hand between the periods is theirs; how it is dressed as well. */
    private Stream<CatalogPartition> strangers() {
        return unlike().filter(partition -> !isAdopted(partition));
    }

    /** A person has said that it is ours. */
    private boolean isAdopted(CatalogPartition partition) {
        return Optional.ofNullable(catalog.answers().comments().get(partition.oid()))
                .filter(comment ->
                        Adopted.says(comment, partition.oid(), catalog.server().identity()))
                .isPresent();
    }

    /** What has bounds of its own. */
    private Stream<CatalogPartition> unlike() {
        return draft.ranges().stream()
                .flatMap(level -> level.partitions().stream()
                        .filter(partition -> partition.bound() instanceof Range range && !level.isOurs(range)));
    }

    /** All in which it differs and that could be mended at all. */
    private List<Drift> drift(CatalogPartition partition) {
        List<Drift> all = new ArrayList<>(catalog.answers().drift().getOrDefault(partition.oid(), List.of()));
        all.addAll(storage(partition));
        all.addAll(grantsOfFormerOwner(all));
        return all;
    }

    /** As declared; about others nobody has said anything. TOAST's are not among those that were read. */
    private List<Drift> storage(CatalogPartition partition) {
        if (partition.kind() == RelationKind.PARTITIONED) {
            return List.of();
        }
        return draft.declaration().leaf().storage().entrySet().stream()
                .filter(wanted -> wanted.getKey().indexOf('.') < 0)
                .filter(wanted -> !wanted.getValue().equals(partition.options().get(wanted.getKey())))
                .<Drift>map(wanted -> new Drift.StorageOption(
                        partition,
                        wanted.getKey(),
                        Optional.ofNullable(partition.options().get(wanted.getKey())),
                        Optional.of(wanted.getValue())))
                .toList();
    }

    /** As long as he was the owner, nothing had to be granted to him. */
    private List<Drift> grantsOfFormerOwner(List<Drift> drift) {
        return drift.stream()
                .filter(Drift.Owner.class::isInstance)
                .map(Drift.Owner.class::cast)
                .flatMap(owner -> table.likeness().grants().stream()
                        .filter(grant ->
                                grant.column().isEmpty() && grant.grantee().equals(Optional.of(owner.owner())))
                        .<Drift>map(grant -> new Drift.GrantMissing(owner.partition(), grant)))
                .toList();
    }

    private Optional<Step> repair(Place place, List<Drift> drift) {
        Optional<Drift.Owner> foreign = drift.stream()
                .filter(Drift.Owner.class::isInstance)
                .map(Drift.Owner.class::cast)
                .filter(owner -> !owner.mendable())
                .findFirst();
        if (foreign.isPresent()) {
            tellOwner(foreign.get());
            return Optional.empty();
        }
        Likeness likeness = table.likeness();
        List<Mending> mendings = drift.stream()
                .flatMap(each -> Mending.of(each, likeness).stream())
                .toList();
        drift.forEach(each -> tell(each, likeness));
        return mendings.isEmpty() ? Optional.empty() : Optional.of(step(place, mendings));
    }

    /** It reads the partition, so it is no part of what is done in a moment. */
    private Stream<Step> validations(Place place, List<Drift> drift) {
        if (drift.stream().anyMatch(each -> each instanceof Drift.Owner owner && !owner.mendable())) {
            return Stream.empty();
        }
        return drift.stream()
                .filter(Drift.ConstraintNotValid.class::isInstance)
                .map(Drift.ConstraintNotValid.class::cast)
                .filter(Drift.ConstraintNotValid::mendable)
                .map(each -> new ValidateConstraint(
                        table.name(),
                        attached(place),
                        each.constraint(),
                        new Reason(
                                Reason.Why.REPAIR, "nobody has looked whether its rows fulfil " + each.constraint())));
    }

    private static Attached attached(Place place) {
        CatalogPartition partition = place.partition();
        return new Attached(partition.name(), partition.oid(), place.parent(), partition.boundText());
    }

    private Step step(Place place, List<Mending> mendings) {
        return new RepairPartition(
                table.name(),
                attached(place),
                mendings,
                new Reason(
                        Reason.Why.REPAIR,
                        mendings.stream().map(Mending::differs).collect(Collectors.joining("; "))));
    }

    private void tellStranger(CatalogPartition partition, Set<TableName> leaving) {
        if (!leaving.contains(partition.name())) {
            findings.info(
                    ProblemCode.PARTITION_NOT_OURS,
                    partition.name()
                            + " differs from the table, and is no period of the declaration: it is left as it is",
                    "partita check --table " + table.name() + " says in what it differs");
        }
    }

    private void tellOwner(Drift.Owner owner) {
        Identifier present = owner.owner();
        Identifier wanted = owner.wanted();
        findings.warning(
                ProblemCode.OWNER_DRIFT,
                "nothing of " + owner.partition().name() + " can be mended: it belongs to " + present + ", and "
                        + wanted + ", who owns the table, may not change it",
                "as a superuser: ALTER TABLE " + owner.partition().name() + " OWNER TO " + wanted,
                "or let " + wanted + " act for " + present + ": GRANT " + present + " TO " + wanted
                        + "; and let it create tables in schema "
                        + owner.partition().name().schema());
    }

    /** What differs, matters, and is left to people. */
    private void tell(Drift drift, Likeness likeness) {
        TableName partition = drift.partition().name();
        if (Mending.of(drift, likeness).isPresent()) {
            return;
        }
        if (drift instanceof Drift.Unlogged logged && logged.unlogged()) {
            findings.warning(
                    ProblemCode.STORAGE_DRIFT,
                    partition + " is unlogged and the table is not: a crash of the server empties it",
                    "in a quiet hour, because it is rewritten while everybody waits: ALTER TABLE " + partition
                            + " SET LOGGED");
        } else if (drift instanceof Drift.RowSecurity) {
            findings.info(
                    ProblemCode.ROW_SECURITY_DRIFT,
                    partition + " has more row-level security than the table, and none is taken away",
                    "if it is not meant: ALTER TABLE " + partition
                            + (likeness.rowSecurity() == Likeness.RowSecurity.OFF
                                    ? " DISABLE ROW LEVEL SECURITY"
                                    : " NO FORCE ROW LEVEL SECURITY"));
        } else if (drift instanceof Drift.ReplicaIdentity) {
            findings.warning(
                    ProblemCode.REPLICATION_DRIFT,
                    partition + " has no part of the index that identifies the table's rows for replication",
                    "once the index is on every partition, run again with --repair");
        } else if (drift instanceof Drift.ConstraintNotValid constraint && !constraint.mendable()) {
            findings.warning(
                    ProblemCode.CONSTRAINT_DRIFT,
                    "whether all rows of " + partition + " fulfil " + constraint.constraint() + " was never looked at",
                    "ALTER TABLE " + partition + " VALIDATE CONSTRAINT " + constraint.constraint()
                            + ": it reads the partition, and reads and writes go on");
        }
    }
}
