package dev.partita.catalog;

import dev.partita.declaration.TableDeclaration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Reads the facts about declared tables in one snapshot, with the same few queries whatever their number. */
public final class CatalogReader {

    /** The facts about these tables. */
    public Catalog read(Connection connection, List<TableDeclaration> tables) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /** Looks up what planning asked. */
    public Answers answer(Connection connection, Questions questions) throws SQLException {
        throw new UnsupportedOperationException();
    }
}
