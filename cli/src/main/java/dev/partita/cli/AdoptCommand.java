package dev.partita.cli;

import dev.partita.declaration.Declarations;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.Stretch;
import dev.partita.declaration.TableDeclaration;
import dev.partita.plan.Request;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.step.AdoptPartition;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code partita adopt}. */
@Command(
        name = "adopt",
        description = {
            "Say of partitions that they are partita's, though it did not make them.",
            "",
            "A partition whose bounds are none that the declaration makes, such as an archive made by",
            "hand, is retired from then on like the others. A table that somebody else has detached",
            "and left is one that was retired this minute: say whose it was and which rows it held.",
            "Nothing is moved or dropped by this; it stands in the comment of each.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  partita adopt orders_archive_2000_2020",
            "  partita adopt orders_2022_01 --of orders --for 2022-01"
        })
final class AdoptCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "PARTITION", description = "A partition, or a table that was one.")
    private List<String> partitions = new ArrayList<>();

    @Option(names = "--of", paramLabel = "TABLE", description = "Whose partition it was, for a table that is detached.")
    private @Nullable String of;

    @Option(
            names = "--for",
            paramLabel = "FROM..TO",
            description = {
                "Which rows such a table has held, both ends included: 2022-01,",
                "2022-01-01..2022-01-31, or numbers."
            })
    private @Nullable String stretch;

    @Mixin
    private Acting acting = new Acting();

    AdoptCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Declared declared = acting.declared(console);
        Declarations chosen = acting.chosen(declared);
        Set<TableName> names = Named.in(partitions);
        Request request = Request.NONE.with(Request.Retire.NEVER).adopting(adoptions(names, chosen));
        return acting.act(
                console,
                declared,
                chosen,
                1,
                partita -> Named.only(
                        partita.plan(request),
                        names,
                        AdoptPartition.class,
                        "is nothing that could be adopted",
                        "it may be partita's already; partita plan names partitions that are not",
                        "of a table that is detached say whose it was and which rows it held: --of orders --for 2022-01"));
    }

    private List<Request.Adoption> adoptions(Set<TableName> names, Declarations declarations) {
        if (of == null && stretch == null) {
            return names.stream()
                    .map(name -> new Request.Adoption(name, Optional.empty(), Optional.empty()))
                    .toList();
        }
        if (of == null || stretch == null || names.size() > 1) {
            throw wrong(
                    "--of",
                    "--of and --for go together, with one table",
                    "write partita adopt orders_2022_01 --of orders --for 2022-01");
        }
        TableName table = DeclarationOptions.name(of);
        TableDeclaration known = declarations.tables().stream()
                .filter(each -> each.name().equals(table))
                .findFirst()
                .orElseThrow(() -> wrong("--of", table + " is not declared", "name a declared table"));
        return names.stream()
                .map(name -> new Request.Adoption(name, Optional.of(table), Optional.of(held(known))))
                .toList();
    }

    private Stretch held(TableDeclaration table) {
        String text = String.valueOf(stretch);
        return table.scheme()
                .outermostRange()
                .map(Scheme.Range::spacing)
                .flatMap(spacing -> Stretch.read(text, spacing))
                .orElseThrow(() -> wrong(
                        "--for",
                        "'" + text + "' fits not the key of " + table.name(),
                        "write 2022-01, 2022-01-01..2022-01-31, or numbers"));
    }

    private static PartitaException wrong(String where, String message, String wayOut) {
        return new PartitaException(Problem.of(ProblemCode.VALUE_INVALID, where, message, wayOut));
    }
}
