package dev.partita.cases.running;

import dev.partita.declaration.Declarations;
import dev.partita.declaration.TableDeclaration;
import dev.partita.test.TestDatabase;
import java.util.stream.Stream;

/** Tables in public that are divided by month, and have nothing in them yet. */
final class MonthlyTables {

    private MonthlyTables() {}

    /** The present month and so many ahead of it. */
    static Declarations declared(int ahead, String... tables) {
        return new Declarations(Stream.of(tables)
                .map(table -> TableDeclaration.table("public." + table)
                        .range("created_at")
                        .every("1 month")
                        .ahead(ahead)
                        .build())
                .toList());
    }

    static void create(TestDatabase database, String... tables) {
        for (String table : tables) {
            database.execute("CREATE TABLE public." + table + " (id bigint, created_at timestamptz NOT NULL, "
                    + "PRIMARY KEY (id, created_at)) PARTITION BY RANGE (created_at)");
        }
    }
}
