package dev.partita.cli;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.plan.Plan;
import java.sql.SQLException;
import picocli.CommandLine.Mixin;

/** The options of commands that change a database at somebody's word, and the way in which they do it. */
final class Acting {

    @Mixin
    private DeclarationOptions declaration = new DeclarationOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private Common common = new Common();

    /** Chooses what is done; asked again when somebody else has changed a table meanwhile. */
    @FunctionalInterface
    interface Planning {
        Plan plan(Partita partita) throws SQLException;
    }

    /** What is declared, and where. */
    Declared declared(Console console) {
        return Declared.in(declaration.file(console));
    }

    /** Of that the tables that are meant. */
    Declarations chosen(Declared declared) {
        return declaration.chosen(declared.declarations());
    }

    /**
     * Does what is planned, under the lease, with progress and so that it can be stopped, and prints what became of it.
     *
     * @param tables that are meant
     * @param most how often it is planned at most
     * @return the exit code
     */
    int act(Console console, Declared declared, Declarations tables, int most, Planning planning) {
        try (Stopping stopping = Stopping.begin();
                Session session = Session.open(console, common, database, declared.database())) {
            session.connected().requireWritable();
            Partita partita = session.partita(tables);
            Applying applying = new Applying(console, common, session, partita, stopping);
            return applying.tell(applying.rounds(() -> planning.plan(partita), most));
        }
    }
}
