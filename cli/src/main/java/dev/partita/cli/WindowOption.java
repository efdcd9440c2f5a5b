package dev.partita.cli;

import dev.partita.declaration.Declarations;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.Stretch;
import dev.partita.declaration.TableDeclaration;
import dev.partita.plan.Window;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --for}: partitions that somebody asks for besides what is declared. */
final class WindowOption {

    private static final String WAYS = "write FROM..TO, both included: 2021-01..2021-12, 2021-01-05..2021-01-20,"
            + " 2021-01-05T06:00..2021-01-05T12:00, 0..50000000";

    @Option(
            names = "--for",
            paramLabel = "FROM..TO",
            description = {
                "Partitions for this stretch of the key as well, both ends",
                "included: 2021-01..2021-12, or numbers: 0..50000000."
            })
    private @Nullable String text;

    boolean given() {
        return text != null;
    }

    /** A window for each table whose key it fits; of several tables those that it does not fit are left out. */
    List<Window> windows(Declarations declarations) {
        if (text == null) {
            return List.of();
        }
        List<Window> windows = declarations.tables().stream()
                .flatMap(table -> stretch(text, table).stream().map(stretch -> new Window(table.name(), stretch)))
                .toList();
        if (windows.isEmpty()) {
            throw wrong("'" + text + "' fits the key of no table here");
        }
        return windows;
    }

    private static Optional<Stretch> stretch(String text, TableDeclaration table) {
        if (!(table.scheme() instanceof Scheme.Range range)) {
            return Optional.empty();
        }
        try {
            return Stretch.read(text, range.spacing());
        } catch (PartitaException e) {
            throw wrong(e.problems().get(0).message());
        }
    }

    private static PartitaException wrong(String what) {
        return new PartitaException(Problem.of(ProblemCode.VALUE_INVALID, "--for", what, WAYS));
    }
}
