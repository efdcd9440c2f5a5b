package dev.partita.adoption;

import dev.partita.declaration.TableDeclaration;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A table and its declaration.
 *
 * @param name the table
 * @param declaration empty when partita cannot manage it; the remarks say why
 * @param remarks what a person should know before the declaration is used, a sentence each
 */
public record AdoptedTable(TableName name, Optional<TableDeclaration> declaration, List<String> remarks) {

    public AdoptedTable {
        remarks = List.copyOf(remarks);
    }
}
