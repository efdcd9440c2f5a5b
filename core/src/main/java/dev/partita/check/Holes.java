package dev.partita.check;

import dev.partita.catalog.CatalogTable;
import dev.partita.declaration.Grid;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.Spacing;
import dev.partita.problem.ProblemCode;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound.Hash;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.RangeLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the bounds of a table leave out, and where they lie. */
final class Holes {

    private final CheckFacts facts;
    private final CatalogTable table;
    private final Notes notes;

    Holes(CheckFacts facts, CatalogTable table, Notes notes) {
        this.facts = facts;
        this.table = table;
        this.notes = notes;
    }

    void in(Branch branch) {
        if (branch.attached().findAny().isEmpty()) {
            tellNothing(branch);
            return;
        }
        switch (branch.key().method()) {
            case RANGE -> {
                betweenRanges(branch);
                offTheGrid(branch);
                withoutEnd(branch);
            }
            case HASH -> amongRemainders(branch);
            case LIST -> {
                // Which values are to come is known to nobody but the one who declares them.
            }
        }
        pending(branch);
    }

    private static String who(Branch branch) {
        return branch.root() ? "" : branch.name().name().sql() + ": ";
    }

    private void tellNothing(Branch branch) {
        notes.error(
                ProblemCode.NO_PARTITION_AT_ALL,
                who(branch) + "it has no partition, so every row is refused",
                "declare it, and partita apply makes its partitions",
                "or drop it, if nobody needs it");
    }

    private void betweenRanges(Branch branch) {
        Axis axis = Axis.of(branch);
        Optional<RangeLimit> present = axis.temporal() ? axis.present(facts.now()) : table.cursor();
        List<String> past = new ArrayList<>();
        List<String> ahead = new ArrayList<>();
        List<Range> ranges = branch.ranges();
        for (int i = 1; i < ranges.size(); i++) {
            RangeLimit from = ranges.get(i - 1).to();
            RangeLimit to = ranges.get(i).from();
            if (from.isBefore(to)) {
                boolean over = present.isPresent() && !present.get().isBefore(to);
                (over ? past : ahead).add(axis.words(from, to));
            }
        }
        String where = branch.fallback().isPresent() ? "; rows of it go to DEFAULT" : "; rows of it are refused";
        if (!ahead.isEmpty()) {
            notes.warning(
                    ProblemCode.RANGE_GAP,
                    who(branch) + "no partition takes " + Notes.some(ahead) + where,
                    "make the missing partitions: partita apply, or --for with the range",
                    "where a bound is an hour off, it was made under another TimeZone");
        }
        if (!past.isEmpty()) {
            notes.info(
                    ProblemCode.RANGE_GAP,
                    who(branch) + "no partition takes " + Notes.some(past) + " of the past" + where,
                    "nothing, if those were dropped on purpose");
        }
    }

    private void offTheGrid(Branch branch) {
        Optional<Grid> grid = Axis.of(branch).grid();
        if (grid.isEmpty()) {
            return;
        }
        List<String> off = branch.attached()
                .filter(partition -> partition.bound() instanceof Range range
                        && range.from().finite()
                        && range.to().finite()
                        && !grid.get().isCell(range))
                .map(partition -> partition.name().name().sql())
                .sorted()
                .toList();
        if (!off.isEmpty()) {
            notes.info(
                    ProblemCode.BOUND_OFF_GRID,
                    who(branch) + Notes.count(off.size(), "partition") + " with other bounds than every "
                            + every(branch) + ", which the newest have: " + Notes.some(off),
                    "nothing, if they were made so on purpose; retention leaves them alone");
        }
        zone(branch);
        rules(branch);
    }

    private static String every(Branch branch) {
        return branch.scheme()
                .filter(Scheme.Range.class::isInstance)
                .map(scheme -> ((Scheme.Range) scheme).spacing().every())
                .orElse("period");
    }

    private void rules(Branch branch) {
        Axis.of(branch)
                .zone()
                .flatMap(facts::zoneDifference)
                .ifPresent(difference -> notes.warning(
                        ProblemCode.ZONE_RULES_DIFFER,
                        who(branch) + difference.words(),
                        "update the older one: Java brings its rules along, PostgreSQL has its own or the system's",
                        "until then partitions are made by Java's, and those that are there stay as they are"));
    }

    private void zone(Branch branch) {
        branch.scheme()
                .filter(scheme -> scheme instanceof Scheme.Range range
                        && branch.key().type() == KeyType.TIMESTAMPTZ
                        && range.spacing() instanceof Spacing.Time time
                        && !time.zone().equals(Spacing.Time.UTC))
                .map(scheme -> ((Spacing.Time) ((Scheme.Range) scheme).spacing()).zone())
                .ifPresent(zone -> notes.info(
                        ProblemCode.BOUNDS_FOLLOW_A_ZONE,
                        who(branch) + "its bounds are midnights of " + zone
                                + ": whoever makes the next partition under another TimeZone leaves a gap or an overlap",
                        "write bounds with their offset, or declare zone: " + zone));
    }

    private void withoutEnd(Branch branch) {
        List<String> endless = branch.attached()
                .filter(partition ->
                        partition.bound() instanceof Range range && !range.to().finite())
                .map(partition -> partition.name().name().sql())
                .toList();
        if (!endless.isEmpty()) {
            notes.warning(
                    ProblemCode.CATCH_ALL_BLOCKS_FUTURE,
                    who(branch) + Notes.some(endless) + " has no end, so it takes every later row and grows for ever;"
                            + " no partition can be made beside it",
                    "give it an end while no row lies beyond it: detach and attach it in one short transaction");
        }
    }

    /** Moduli divide one another, so what the largest leaves out is what all leave out. */
    private void amongRemainders(Branch branch) {
        List<Hash> there = branch.attached()
                .map(partition -> partition.bound())
                .filter(Hash.class::isInstance)
                .map(Hash.class::cast)
                .toList();
        int modulus = there.stream().mapToInt(Hash::modulus).max().orElse(1);
        List<Integer> missing = new ArrayList<>();
        for (int remainder = 0; remainder < modulus; remainder++) {
            int wanted = remainder;
            if (there.stream().noneMatch(hash -> wanted % hash.modulus() == hash.remainder())) {
                missing.add(remainder);
            }
        }
        if (!missing.isEmpty()) {
            notes.error(
                    ProblemCode.HASH_REMAINDER_MISSING,
                    who(branch) + "no partition takes remainder " + Notes.some(missing) + " of " + modulus + ": about "
                            + Math.round(100d * missing.size() / modulus) + " % of all rows are refused",
                    "CREATE TABLE … PARTITION OF " + branch.name().sql() + " FOR VALUES WITH (MODULUS " + modulus
                            + ", REMAINDER " + missing.get(0) + ")",
                    "or declare partitions: " + modulus + ", and partita apply makes what is missing");
        }
    }

    private void pending(Branch branch) {
        branch.partitions().stream()
                .filter(partition -> partition.detachPending())
                .forEach(partition -> notes.error(
                        ProblemCode.DETACH_PENDING,
                        partition.name()
                                + " is half detached: readers do not see its rows, and its inserts are refused",
                        "ALTER TABLE " + branch.name().sql() + " DETACH PARTITION "
                                + partition.name().sql() + " FINALIZE"));
    }
}
