package dev.partita.cli;

import dev.partita.plan.Request;
import dev.partita.plan.Window;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options {@code --retire} and {@code --most}: a person asks for what no run does by itself. */
final class RetireOptions {

    @Option(
            names = "--retire",
            description = "Retire what has been kept long enough (keep:), also of tables with retire: ask.")
    private boolean retire;

    @Option(
            names = "--most",
            paramLabel = "N",
            description = "With --retire: so many partitions of a table at most, where the guard allows less.")
    private @Nullable Integer most;

    boolean given() {
        return retire || most != null;
    }

    /** What is asked for, these windows included. */
    Request request(List<Window> windows) {
        if (most != null && (!retire || most < 1)) {
            throw new PartitaException(Problem.of(
                    ProblemCode.VALUE_INVALID,
                    "--most",
                    retire ? "a run cannot retire " + most + " partitions" : "it goes with --retire only",
                    "write --retire --most 12"));
        }
        Request request = Request.of(windows);
        if (retire) {
            request = request.with(Request.Retire.ASKED);
        }
        return most == null ? request : request.atMost(most);
    }
}
