package dev.partita.declaration;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.table.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that is declared, in the declared order.
 *
 * @param tables no relation twice
 */
public record Declarations(List<TableDeclaration> tables) {

    /** @throws PartitaException if a table is declared twice */
    public Declarations {
        tables = List.copyOf(tables);
        Set<TableName> seen = new HashSet<>();
        List<Problem> twice = tables.stream()
                .map(TableDeclaration::name)
                .filter(name -> !seen.add(name))
                .map(name -> Problem.of(
                        ProblemCode.TABLE_DECLARED_TWICE,
                        name.sql(),
                        "is declared twice, and only one of the two could be obeyed",
                        "keep one of the declarations; a name without a schema means public"))
                .toList();
        if (!twice.isEmpty()) {
            throw new PartitaException(twice);
        }
    }

    public static Declarations of(TableDeclaration... tables) {
        return new Declarations(List.of(tables));
    }

    public Optional<TableDeclaration> table(TableName name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /**
     * Only these tables.
     *
     * @throws PartitaException if one of them is not declared; the problem names those that are
     */
    public Declarations only(List<TableName> names) {
        List<Problem> unknown = names.stream()
                .filter(name -> table(name).isEmpty())
                .map(name -> Problem.of(
                        ProblemCode.TABLE_UNKNOWN,
                        name.sql(),
                        "is not declared",
                        "name one of: "
                                + String.join(
                                        ", ",
                                        tables.stream()
                                                .map(table -> table.name().sql())
                                                .toList())))
                .toList();
        if (!unknown.isEmpty()) {
            throw new PartitaException(unknown);
        }
        return new Declarations(
                tables.stream().filter(table -> names.contains(table.name())).toList());
    }
}
