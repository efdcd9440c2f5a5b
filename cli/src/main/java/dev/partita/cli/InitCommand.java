package dev.partita.cli;

import dev.partita.Partita;
import dev.partita.adoption.AdoptedTable;
import dev.partita.adoption.Adoption;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.report.Visible;
import dev.partita.table.TableName;
import dev.partita.yaml.PartitaFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code partita init}. */
@Command(
        name = "init",
        description = {
            "Write the declaration of what the database has.",
            "",
            "It leaves everything as it is: names, widths, gaps. What cannot be declared is",
            "explained in comments. The database is only read.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  partita init                          writes ./partita.yml",
            "  partita init --output -               prints it",
            "  partita plan                          says what would have to happen: nothing"
        })
final class InitCommand implements Callable<Integer> {

    private static final String STANDARD_OUTPUT = "-";
    private static final int COMMENT_WIDTH = 96;

    private final Console console;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "partita.yml",
            description = "Where to write; - is standard output (default: partita.yml).")
    private String output = "partita.yml";

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private Common common = new Common();

    InitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(console, common, database, null)) {
            Adoption adoption = session.ask(() -> Partita.adopt(session.dataSource(), console.clock()));
            if (adoption.declarations().tables().isEmpty()) {
                throw nothing(session, adoption);
            }
            String text = text(session, adoption);
            if (output.equals(STANDARD_OUTPUT)) {
                console.out().print(text);
            } else {
                OutputFile.create(console.path(Path.of(output)), text);
                if (!common.quiet()) {
                    console.out().print(summary(adoption));
                }
            }
            return ExitCode.FINE;
        }
    }

    private static PartitaException nothing(Session session, Adoption adoption) {
        List<Problem> problems = new ArrayList<>();
        adoption.leftOut()
                .forEach(table -> problems.add(Problem.of(
                        ProblemCode.KEY_UNMANAGED,
                        table.name().sql(),
                        String.join(" ", table.remarks()),
                        "go on making its partitions as you do now")));
        problems.add(
                0,
                Problem.of(
                        ProblemCode.DECLARATION_EMPTY,
                        session.heading().database(),
                        adoption.tables().isEmpty()
                                ? "nothing is partitioned here yet"
                                : "nothing is partitioned here in a way that could be declared",
                        "declare a table by hand: docs/tutorial has one to begin with"));
        return new PartitaException(problems);
    }

    private static String text(Session session, Adoption adoption) {
        Map<TableName, List<String>> remarks =
                adoption.tables().stream().collect(Collectors.toMap(AdoptedTable::name, AdoptedTable::remarks));
        StringBuilder text = new StringBuilder();
        text.append("# What ")
                .append(session.heading().database())
                .append(" has, as partita init found it.\n# partita plan says what would have to happen.\n\n");
        text.append(new PartitaFile(adoption.declarations(), Optional.empty())
                .yaml(name -> comments(remarks.getOrDefault(name, List.of()))));
        for (AdoptedTable left : adoption.leftOut()) {
            text.append("\n# ").append(Visible.of(left.name().sql())).append('\n');
            comments(left.remarks())
                    .forEach(line -> text.append("# ").append(line).append('\n'));
        }
        return text.toString();
    }

    private static List<String> comments(List<String> remarks) {
        return remarks.stream()
                .flatMap(remark -> Visible.wrapped(Visible.of(remark), COMMENT_WIDTH).stream())
                .toList();
    }

    private String summary(Adoption adoption) {
        int declared = adoption.declarations().tables().size();
        int left = adoption.leftOut().size();
        long remarks = adoption.tables().stream()
                .filter(table -> !table.remarks().isEmpty())
                .count();
        return "Wrote " + Visible.of(output) + ": " + tables(declared) + (left == 0 ? "" : ", " + left + " left out")
                + (remarks == 0 ? "." : "; read the comments on " + remarks + ".") + "\nNext: partita plan\n";
    }

    private static String tables(int count) {
        return count == 1 ? "1 table" : count + " tables";
    }
}
