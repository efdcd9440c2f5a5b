package dev.partita.cli;

import dev.partita.declaration.Period;
import dev.partita.execution.Journal;
import dev.partita.execution.Journal.Choice;
import dev.partita.execution.JournalEntry;
import dev.partita.json.LogJson;
import dev.partita.report.LogText;
import dev.partita.table.TableName;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code partita log}. */
@Command(
        name = "log",
        description = {
            "Tell what was changed: when, what, by whom, and what became of it.",
            "",
            "Reads the journal, which is kept where the state schema is installed.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  partita log                           the newest, of all tables",
            "  partita log shop.orders --sql         with the exact statements",
            "  partita log --failed --since '7 days' what was not done in the last week",
            "  partita log --prune --older-than '2 years'"
        })
final class LogCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "TABLE", description = "Only what was done for this table.")
    private @Nullable String table;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Not older: a time back from now, as '7 days', or a day or an instant, in UTC.")
    private @Nullable String since;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "So many, the newest (default: 50).")
    private int limit = 50;

    @Option(names = "--failed", description = "Only what was not simply done.")
    private boolean failed;

    @Option(names = "--sql", description = "The reason and the exact statements of each step.")
    private boolean sql;

    @Option(names = "--prune", description = "Forget what is older than --older-than says; its owner may.")
    private boolean prune;

    @Option(names = "--older-than", paramLabel = "TIME", description = "With --prune: a period, a day or an instant.")
    private @Nullable String olderThan;

    @Mixin
    private DeclarationOptions declaration = new DeclarationOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private Common common = new Common();

    LogCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (prune != (olderThan != null)) {
            throw new ParameterException(spec.commandLine(), "--prune and --older-than belong together");
        }
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit " + limit + ": at least one line");
        }
        Declared declared = Declared.ifThere(declaration.file(console));
        try (Session session = Session.open(console, common, database, declared.database())) {
            Instant now = session.now();
            if (olderThan != null) {
                return prune(session, instant("--older-than", olderThan, now));
            }
            List<JournalEntry> entries = read(session, now);
            console.out()
                    .print(
                            common.json()
                                    ? LogJson.of(entries, now, Main.version())
                                    : LogText.of(entries, sql, common.look(console)));
            return ExitCode.FINE;
        }
    }

    private List<JournalEntry> read(Session session, Instant now) {
        List<TableName> tables = new ArrayList<>(declaration.named());
        if (table != null) {
            tables.add(DeclarationOptions.name(table));
        }
        Choice all = new Choice(
                tables, Optional.ofNullable(since).map(text -> instant("--since", text, now)), List.of(), limit);
        return session.ask(() -> {
            try (Connection connection = session.dataSource().getConnection()) {
                return Journal.read(connection, failed ? all.failed() : all);
            }
        });
    }

    private int prune(Session session, Instant before) {
        session.connected().requireWritable();
        long gone = session.ask(() -> {
            try (Connection connection = session.dataSource().getConnection()) {
                return Journal.prune(connection, before);
            }
        });
        console.out().println("Forgotten: " + gone + (gone == 1 ? " line" : " lines") + " from before " + before + ".");
        return ExitCode.FINE;
    }

    private Instant instant(String option, String text, Instant now) {
        try {
            if (text.indexOf('T') > 0) {
                return Instant.parse(text);
            }
            if (text.matches("\\d+-\\d+-\\d+")) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            return Period.parse(text)
                    .after(LocalDateTime.ofInstant(now, ZoneOffset.UTC), -1)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " " + text + ": write it as '7 days', 2026-11-22 or 2026-11-22T12:00:00Z",
                    e);
        }
    }
}
