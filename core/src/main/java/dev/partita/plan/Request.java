package dev.partita.plan;

import dev.partita.declaration.Stretch;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody asks for beyond the declaration.
 *
 * @param windows stretches of keys that are to have partitions
 * @param retire whose partitions may be retired
 * @param most how many partitions of a table may be retired at most, where a person has said so; empty for what the guard lets pass
 * @param restored retired partitions that are to come back, whatever is kept
 * @param released retired partitions that nobody needs any more, each with the reason, in one line
 * @param repair whether existing partitions are to be made like their table again
 * @param adopted what is partita's from now on, because a person says so
 */
public record Request(
        List<Window> windows,
        Retire retire,
        Optional<Integer> most,
        Set<TableName> restored,
        Map<TableName, String> released,
        boolean repair,
        List<Adoption> adopted) {

    /** Nothing beyond the declaration: what an unattended run does. */
    public static final Request NONE =
            new Request(List.of(), Retire.AUTO, Optional.empty(), Set.of(), Map.of(), false, List.of());

    /** Whose partitions may be retired. */
    public enum Retire {
        /** Nobody's: only what makes something is planned. */
        NEVER,
        /** Those of tables that say {@code retire: auto}. */
        AUTO,
        /** Those of all tables with {@code keep:}, because a person asks for it. */
        ASKED
    }

    public Request {
        windows = List.copyOf(windows);
        restored = Set.copyOf(restored);
        released = Map.copyOf(released);
        adopted = List.copyOf(adopted);
    }

    /** For these windows, retiring as an unattended run does. */
    public static Request of(List<Window> windows) {
        return NONE.with(windows);
    }

    public Request with(List<Window> otherWindows) {
        return new Request(otherWindows, retire, most, restored, released, repair, adopted);
    }

    public Request with(Retire otherRetire) {
        return new Request(windows, otherRetire, most, restored, released, repair, adopted);
    }

    /** The same, and no more partitions of a table than these. */
    public Request atMost(int partitions) {
        return new Request(windows, retire, Optional.of(partitions), restored, released, repair, adopted);
    }

    /** The same, and these retired partitions come back. */
    public Request restoring(Set<TableName> partitions) {
        return new Request(windows, retire, most, partitions, released, repair, adopted);
    }

    /** The same, and these retired partitions are let go, each for its reason. */
    public Request releasing(Map<TableName, String> partitions) {
        return new Request(windows, retire, most, restored, partitions, repair, adopted);
    }

    /** The same, and existing partitions are made like their table again, each in a step of its own. */
    public Request repairing() {
        return new Request(windows, retire, most, restored, released, true, adopted);
    }

    /** The same, and these are partita's from now on. */
    public Request adopting(List<Adoption> partitions) {
        return new Request(windows, retire, most, restored, released, repair, partitions);
    }

    /**
     * What is adopted.
     *
     * @param partition which
     * @param of whose it was, for a table that somebody has detached; empty for a partition in its place
     * @param stretch which rows such a table has held
     */
    public record Adoption(TableName partition, Optional<TableName> of, Optional<Stretch> stretch) {}
}
