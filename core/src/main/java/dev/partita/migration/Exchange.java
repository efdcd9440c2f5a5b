package dev.partita.migration;

import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.step.Identity;
import dev.partita.table.TableName;
import java.time.Duration;

/** What two tables need to change places, whichever way; everybody waits meanwhile. */
final class Exchange {

    /** The longest that one statement may take. */
    static final Duration LIMIT = Duration.ofSeconds(2);

    private Exchange() {}

    /** Refuses if a change is noted that is not made in both; nobody can write any more. */
    static Sql inStep(TableName log) {
        return Identity.refusal(Sql.of("SELECT FROM {}", log), "changes were noted that are not made in both tables");
    }

    static Sql rename(String what, TableName relation, Identifier name) {
        return Sql.of("ALTER {} {} RENAME TO {}", new Sql(what), relation, name);
    }

    /** As a foreign key is declared where every row fulfils it. */
    static Sql proved(Source.ForeignKey key) {
        return new Sql(key.definition().replaceFirst(" NOT VALID$", ""));
    }

    /** Has a trigger fire as it did. */
    static Sql state(TableName table, Source.Trigger trigger) {
        String state = switch (trigger.enabled()) {
            case 'D' -> "DISABLE";
            case 'R' -> "ENABLE REPLICA";
            case 'A' -> "ENABLE ALWAYS";
            default -> "ENABLE";
        };
        return Sql.of("ALTER TABLE {} {} TRIGGER {}", table, new Sql(state), trigger.name());
    }

    /** Its names mean the tables that have them by now. */
    static Sql view(Source.View view) {
        return Sql.of(
                "CREATE OR REPLACE VIEW {}{} AS {}",
                view.name(),
                new Sql(view.options().isEmpty() ? "" : " WITH (" + view.options() + ")"),
                new Sql(view.definition().replaceFirst(";\\s*$", "")));
    }
}
