package dev.partita.check;

import dev.partita.catalog.CatalogPartition;
import dev.partita.plan.Severity;
import dev.partita.problem.ProblemCode;
import dev.partita.table.PartitionMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What came to lie in DEFAULT. */
final class Defaults {

    private final CheckFacts facts;
    private final Notes notes;
    private final List<Leaked> leaked = new ArrayList<>();

    Defaults(CheckFacts facts, Notes notes) {
        this.facts = facts;
        this.notes = notes;
    }

    List<Leaked> leaked() {
        return leaked;
    }

    void in(Branch branch) {
        branch.fallback().ifPresent(fallback -> {
            Looked looked = facts.looked().getOrDefault(fallback.oid(), new Looked.Unknown("nobody has looked"));
            Optional<Leaked.Counted> counted =
                    Optional.ofNullable(facts.counted().get(fallback.oid()));
            leaked.add(new Leaked(fallback.name(), looked, counted));
            if (looked instanceof Looked.Unknown unknown) {
                notes.warning(
                        ProblemCode.DEFAULT_UNREADABLE,
                        "whether rows lie in " + fallback.name() + " is unknown: " + unknown.why(),
                        "try again when the lock is gone, or as a role that may read it");
            } else if (looked instanceof Looked.Filled) {
                tell(branch, fallback, counted);
            }
        });
    }

    /** Lists often have a DEFAULT on purpose, for all the values that are too few for a partition of their own. */
    private void tell(Branch branch, CatalogPartition fallback, Optional<Leaked.Counted> counted) {
        boolean list = branch.key().method() == PartitionMethod.LIST;
        notes.add(
                list ? Severity.INFO : Severity.WARNING,
                ProblemCode.DEFAULT_HAS_ROWS,
                fallback.name() + " holds "
                        + counted.map(Defaults::words)
                                .orElse(
                                        "rows"
                                                + (list
                                                        ? " of values without a partition"
                                                        : " without a partition of theirs, and none can be made for their ranges")),
                counted.isPresent()
                        ? "move the rows, then make their partitions; the page shows how"
                        : "partita check --scan counts them and says where they belong");
    }

    private static String words(Leaked.Counted counted) {
        List<String> places = counted.parts().stream()
                .limit(5)
                .map(part -> part.where() + " (" + part.rows() + ")")
                .collect(Collectors.toList());
        long shown =
                counted.parts().stream().limit(5).mapToLong(Leaked.Part::rows).sum() + counted.nulls();
        if (counted.nulls() > 0) {
            places.add("no key at all (" + counted.nulls() + ")");
        }
        if (counted.rows() > shown) {
            places.add("elsewhere (" + (counted.rows() - shown) + ")");
        }
        return Notes.count(counted.rows(), "row")
                + (places.isEmpty() ? "" : ": " + String.join(", ", places))
                + reason(counted);
    }

    private static String reason(Leaked.Counted counted) {
        List<String> reasons = new ArrayList<>();
        if (counted.nulls() > 0) {
            reasons.add("a key that is NULL");
        }
        if (counted.parts().stream().anyMatch(Leaked.Part::far)) {
            reasons.add("a clock or a date that is wrong");
        }
        if (counted.parts().stream().anyMatch(part -> !part.far())) {
            reasons.add("a partition that was not there in time");
        }
        return reasons.isEmpty() ? "" : "; likely: " + String.join(", ", reasons);
    }
}
