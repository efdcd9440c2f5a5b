package dev.partita.cli;

import dev.partita.declaration.Declarations;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.table.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that works on declared tables. */
final class DeclarationOptions {

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The declaration. Else PARTITA_FILE, else ./partita.yml.")
    private @Nullable Path file;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Only this table, as orders or shop.orders; may be repeated.")
    private List<String> tables = new ArrayList<>();

    Path file(Console console) {
        if (file != null) {
            return console.path(file);
        }
        String variable = console.variables().getOrDefault("PARTITA_FILE", "");
        return console.path(Path.of(variable.isEmpty() ? "partita.yml" : variable));
    }

    /** Only the tables that were named, if any were. */
    Declarations chosen(Declarations declared) {
        return tables.isEmpty() ? declared : declared.only(named());
    }

    /** The tables that were named, if any were. */
    List<TableName> named() {
        return tables.stream().map(DeclarationOptions::name).toList();
    }

    static TableName name(String text) {
        try {
            return TableName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new PartitaException(
                    Problem.of(
                            ProblemCode.NAME_INVALID,
                            "--table " + text,
                            String.valueOf(e.getMessage()),
                            "write it as in SQL: orders, shop.orders, \"My Shop\".\"Orders\""),
                    e);
        }
    }
}
