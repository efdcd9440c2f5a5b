package dev.partita.plan;

import dev.partita.catalog.Adopted;
import dev.partita.catalog.Answers.Stray;
import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.Marker;
import dev.partita.catalog.Questions;
import dev.partita.declaration.Cell;
import dev.partita.declaration.Stretch;
import dev.partita.problem.ProblemCode;
import dev.partita.step.AdoptPartition;
import dev.partita.step.Attached;
import dev.partita.step.NewPartition;
import dev.partita.step.Reason;
import dev.partita.step.Reason.Why;
import dev.partita.step.Step;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.RangeLimit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes partitions ours that a person names: those with bounds of their own, and tables that somebody else has detached. */
final class Adopting {

    private static final Reason ASKED = new Reason(Why.ASKED, "a person says that it is partita's");

    private final Draft draft;
    private final CatalogTable table;
    private final Catalog catalog;
    private final List<Request.Adoption> wanted;
    private final Instant now;
    private final Findings findings;

    Adopting(Draft draft, CatalogTable table, Catalog catalog, Request request, Instant now) {
        this.draft = draft;
        this.table = table;
        this.catalog = catalog;
        this.wanted = request.adopted().stream()
                .filter(adoption -> adoption.of().filter(table.name()::equals).isPresent()
                        || place(draft, adoption).isPresent())
                .toList();
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        this.findings = draft.findings();
    }

    /** What has to be known before {@link #steps} can decide. */
    Questions questions() {
        return Questions.aboutStrays(
                wanted.stream().map(Request.Adoption::partition).collect(Collectors.toSet()));
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (Request.Adoption adoption : wanted) {
            Optional<Stray> stray =
                    Optional.ofNullable(catalog.answers().strays().get(adoption.partition()));
            stray.flatMap(known -> known.attached() ? inPlace(adoption, known) : detached(adoption, known))
                    .ifPresent(steps::add);
        }
        return steps;
    }

    private static Optional<Place> place(Draft draft, Request.Adoption adoption) {
        return draft.ranges().stream()
                .flatMap(level -> level.partitions().stream()
                        .filter(partition -> partition.name().equals(adoption.partition()))
                        .map(partition -> new Place(level, partition)))
                .findFirst();
    }

    private record Place(RangeLevel level, CatalogPartition partition) {}

    private Optional<Step> inPlace(Request.Adoption adoption, Stray stray) {
        Optional<Place> place = place(draft, adoption);
        if (place.isEmpty()
                || Adopted.says(
                        stray.comment().orElse(""),
                        stray.oid(),
                        catalog.server().identity())) {
            return Optional.empty();
        }
        CatalogPartition partition = place.get().partition();
        Adopted adopted = new Adopted(now, stray.oid(), catalog.server().identity());
        return Optional.of(new AdoptPartition(
                table.name(),
                partition.name(),
                stray.oid(),
                Optional.of(new Attached(
                        partition.name(), partition.oid(), place.get().level().place(), partition.boundText())),
                adopted.before(stray.comment()),
                ASKED));
    }

    /** From now on it has been retired, so that its grace begins now: when somebody else detached it nobody knows. */
    private Optional<Step> detached(Request.Adoption adoption, Stray stray) {
        if (stray.comment()
                .flatMap(Marker.Comment::parse)
                .filter(this::isOfHere)
                .isPresent()) {
            return Optional.empty();
        }
        Optional<Marker> marker = draft.ranges().stream()
                .flatMap(level -> adoption.stretch().flatMap(stretch -> cells(stretch, level)).stream()
                        .map(range -> new Marker(
                                level.place(),
                                new NewPartition(adoption.partition(), range, level.type(), Optional.empty(), List.of())
                                        .clause(),
                                now,
                                stray.oid(),
                                catalog.server().identity())))
                .findFirst();
        if (marker.isEmpty()) {
            findings.error(
                    ProblemCode.RETIRED_UNKNOWN,
                    "which rows " + adoption.partition()
                            + " has held is not said, or not from one limit of a partition to another",
                    "say it: partita adopt " + adoption.partition() + " --of " + table.name() + " --for 2022-01");
        }
        return marker.map(known -> new AdoptPartition(
                table.name(),
                adoption.partition(),
                stray.oid(),
                Optional.empty(),
                new Marker.Comment(known, stray.comment()).text(),
                ASKED));
    }

    private boolean isOfHere(Marker.Comment comment) {
        return comment.marker().database().equals(catalog.server().identity());
    }

    /** Whole cells, from the first place to the last. */
    private static Optional<Range> cells(Stretch stretch, RangeLevel level) {
        Optional<RangeLimit> first = stretch.first(level.grid()).filter(level.grid()::isLimit);
        Optional<Cell> last =
                stretch.last(level.grid()).filter(level.grid()::reaches).map(level.grid()::cellAt);
        return first.flatMap(from -> last.map(cell -> new Range(from, cell.to())));
    }
}
