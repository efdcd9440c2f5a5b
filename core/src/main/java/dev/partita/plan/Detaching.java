package dev.partita.plan;

import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.Marker;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Retention.Then;
import dev.partita.sql.Lock;
import dev.partita.step.Attached;
import dev.partita.step.DetachConcurrently;
import dev.partita.step.DetachPartition;
import dev.partita.step.MarkPartitions;
import dev.partita.step.MovePartition;
import dev.partita.step.Reason;
import dev.partita.step.Reason.Why;
import dev.partita.step.RelationLock;
import dev.partita.step.Retired;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How partitions leave their table: marked, taken out, and moved where they are to lie. */
final class Detaching {

    /** So many share a transaction in which they are marked; somebody's lock on one of them keeps the others of it waiting. */
    private static final int MARKED_AT_ONCE = 25;

    private final CatalogTable table;
    private final Catalog catalog;
    private final Instant now;
    private final Then then;
    private final Storage storage;
    private final Reason reason;

    Detaching(CatalogTable table, Catalog catalog, Instant now, Retention.Limited limited) {
        this.table = table;
        this.catalog = catalog;
        this.now = now;
        this.then = limited.then();
        this.storage = Storage.of(limited, catalog);
        this.reason = new Reason(Why.KEPT_LONG_ENOUGH, "keeps " + limited.keep());
    }

    /** The steps, each partition's together, in the order of the candidates. */
    List<Step> steps(List<Candidate> candidates) {
        List<Step> steps = new ArrayList<>();
        for (int from = 0; from < candidates.size(); from += MARKED_AT_ONCE) {
            List<Candidate> some = candidates.subList(from, Math.min(from + MARKED_AT_ONCE, candidates.size()));
            marking(some).ifPresent(steps::add);
            some.forEach(candidate -> steps.addAll(leaving(candidate)));
        }
        return steps;
    }

    /** What is detached concurrently is marked before. */
    private Optional<Step> marking(List<Candidate> candidates) {
        List<MarkPartitions.Mark> marks = candidates.stream()
                .filter(this::mayBeConcurrent)
                .map(candidate -> new MarkPartitions.Mark(attached(candidate), marked(candidate)))
                .toList();
        return marks.isEmpty() ? Optional.empty() : Optional.of(new MarkPartitions(table.name(), marks, reason));
    }

    private List<Step> leaving(Candidate candidate) {
        Marker.Comment comment = marked(candidate);
        List<Step> steps = new ArrayList<>();
        steps.add(
                mayBeConcurrent(candidate)
                        ? new DetachConcurrently(table.name(), attached(candidate), reason)
                        : new DetachPartition(
                                table.name(), attached(candidate), comment, neighbours(candidate), reason));
        CatalogPartition partition = candidate.partition();
        Retired out = new Retired(partition.name(), partition.oid(), comment);
        if (then instanceof Then.MoveTo move) {
            steps.add(new MovePartition(table.name(), out, move.schema(), reason));
        }
        storage.step(table.name(), partition, out, reason).ifPresent(steps::add);
        return steps;
    }

    private static Attached attached(Candidate candidate) {
        CatalogPartition partition = candidate.partition();
        return new Attached(partition.name(), partition.oid(), candidate.level().place(), partition.boundText());
    }

    private boolean mayBeConcurrent(Candidate candidate) {
        return candidate.level().fallback().isEmpty()
                && table.referencedBy().isEmpty()
                && table.likeness().owner().equals(catalog.server().user());
    }

    /** The marker before what a person wrote; an older marker, of a retirement that came to nothing, goes. */
    private Marker.Comment marked(Candidate candidate) {
        long oid = candidate.partition().oid();
        Optional<String> comment =
                Optional.ofNullable(catalog.answers().comments().get(oid));
        Optional<String> rest = comment.flatMap(
                text -> Marker.Comment.parse(text).map(Marker.Comment::rest).orElse(comment));
        return new Marker.Comment(
                new Marker(
                        candidate.level().place(),
                        candidate.partition().boundText(),
                        now.truncatedTo(ChronoUnit.SECONDS),
                        oid,
                        catalog.server().identity()),
                rest);
    }

    /** What DETACH locks besides the parent and its partition, measured on 14 to 18. */
    private List<RelationLock> neighbours(Candidate candidate) {
        List<RelationLock> locks = new ArrayList<>();
        candidate.partition().tree().skip(1).forEach(below -> locks.add(exclusive(below.name())));
        candidate.level().fallback().stream()
                .flatMap(CatalogPartition::tree)
                .forEach(fallback -> locks.add(exclusive(fallback.name())));
        table.referencedBy().forEach(name -> locks.add(exclusive(name)));
        return locks;
    }

    private static RelationLock exclusive(TableName name) {
        return new RelationLock(name, Lock.ACCESS_EXCLUSIVE);
    }
}
