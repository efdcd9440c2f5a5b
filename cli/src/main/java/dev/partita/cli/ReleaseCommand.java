package dev.partita.cli;

import dev.partita.declaration.Declarations;
import dev.partita.plan.Request;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.step.ReleasePartition;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code partita release}. */
@Command(
        name = "release",
        description = {
            "Let retired partitions go that wait for it, because the table says drop: when released.",
            "",
            "Nothing is dropped by this. Who, when and why stands in the comment of each from then",
            "on, and the next run that retires drops those whose grace is over.",
            ""
        },
        footer = {"", "Example:", "  partita release orders_2022_01 --because 'exported to the lake'"})
final class ReleaseCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "PARTITION", description = "A retired partition, as orders_2022_01.")
    private List<String> partitions = new ArrayList<>();

    @Option(
            names = "--because",
            paramLabel = "REASON",
            required = true,
            description = "Why nobody needs them any more, in one line.")
    private @Nullable String because;

    @Mixin
    private Acting acting = new Acting();

    ReleaseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String reason = reason();
        Declared declared = acting.declared(console);
        Declarations chosen = acting.chosen(declared);
        Set<TableName> names = Named.in(partitions);
        Request request = Request.NONE
                .with(Request.Retire.NEVER)
                .releasing(names.stream().collect(Collectors.toMap(Function.identity(), name -> reason)));
        return acting.act(
                console,
                declared,
                chosen,
                1,
                partita -> Named.only(
                        partita.plan(request),
                        names,
                        ReleasePartition.class,
                        "is no retired partition of a declared table here",
                        "partita status names those that are retired",
                        "it may have been let go already: partita status says so"));
    }

    private String reason() {
        String given = because == null ? "" : because.strip();
        if (given.isEmpty() || given.lines().count() > 1) {
            throw new PartitaException(Problem.of(
                    ProblemCode.VALUE_INVALID,
                    "--because",
                    "a reason has one line, and is not empty",
                    "say why nobody needs them any more: --because 'exported to the lake'"));
        }
        return given;
    }
}
