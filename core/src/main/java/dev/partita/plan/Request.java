package dev.partita.plan;

import java.util.List;
import java.util.Optional;

/**
 * What somebody asks for beyond the declaration.
 *
 * @param windows stretches of keys that are to have partitions
 * @param retire whose partitions may be retired
 * @param most how many partitions of a table may be retired at most, where a person has said so; empty for what the guard lets pass
 */
public record Request(List<Window> windows, Retire retire, Optional<Integer> most) {

    /** Nothing beyond the declaration: what an unattended run does. */
    public static final Request NONE = new Request(List.of(), Retire.AUTO, Optional.empty());

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
    }

    /** For these windows, retiring as an unattended run does. */
    public static Request of(List<Window> windows) {
        return new Request(windows, Retire.AUTO, Optional.empty());
    }

    public Request with(Retire otherRetire) {
        return new Request(windows, otherRetire, most);
    }

    /** The same, and no more partitions of a table than these. */
    public Request atMost(int partitions) {
        return new Request(windows, retire, Optional.of(partitions));
    }
}
