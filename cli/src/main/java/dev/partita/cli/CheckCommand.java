package dev.partita.cli;

import dev.partita.Partita;
import dev.partita.check.Check;
import dev.partita.check.CheckReader;
import dev.partita.check.Thresholds;
import dev.partita.json.CheckJson;
import dev.partita.json.CheckSarif;
import dev.partita.plan.Severity;
import dev.partita.report.CheckMetrics;
import dev.partita.report.CheckText;
import dev.partita.sql.Identifier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code partita check}. */
@Command(
        name = "check",
        description = {
            "Look at every partitioned table of a database, declared or not.",
            "",
            "How long rows have somewhere to go, what leaked into DEFAULT, gaps, skew, drift.",
            "The database is only read, and nobody's lock is waited for.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  partita check                                     for people",
            "  partita check postgresql://shop@db/shop           another database",
            "  partita check --fail-on warning -q                for CI: 3 when somebody should look",
            "  partita check --format prometheus --write partita.prom"
        })
final class CheckCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "URL", description = "The database, like --url.")
    private @Nullable String database;

    @Option(names = "--table", paramLabel = "TABLE", description = "Only this table; may be repeated.")
    private List<String> tables = new ArrayList<>();

    @Option(names = "--scan", description = "Read DEFAULT partitions, and count their rows by missing range.")
    private boolean scan;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "Tell as well what this role lacks for partita's work.")
    private @Nullable String role;

    @Option(
            names = "--runway-warn",
            paramLabel = "TIME",
            defaultValue = "30d",
            description = "A warning when rows have room for less (default: 30d).")
    private String warn = "30d";

    @Option(
            names = "--runway-page",
            paramLabel = "TIME",
            defaultValue = "7d",
            description = "An error when rows have room for less (default: 7d).")
    private String page = "7d";

    @Option(
            names = "--fail-on",
            paramLabel = "info|warning|error",
            defaultValue = "error",
            description = "Exit with 3 for such a finding or a worse one (default: error).")
    private Severity failOn = Severity.ERROR;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "Write the answer to a file, whole or not at all, and print nothing.")
    private @Nullable Path file;

    @Mixin
    private DatabaseOptions options = new DatabaseOptions();

    @Mixin
    private CheckFormat common = new CheckFormat();

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CheckReader reader = reader();
        try (Session session = Session.open(console, common, options.or(database, spec), null)) {
            Check check = session.ask(() -> Partita.check(session.dataSource(), console.clock(), reader));
            String text = text(check, session);
            if (file == null) {
                console.out().print(text);
            } else {
                OutputFile.write(console.path(file), text);
            }
            return check.reaches(failOn) ? ExitCode.NEEDS_A_PERSON : ExitCode.FINE;
        }
    }

    private CheckReader reader() {
        CheckReader reader = CheckReader.with(thresholds())
                .only(tables.stream().map(DeclarationOptions::name).toList());
        if (scan) {
            reader = reader.scanning();
        }
        return role == null ? reader : reader.forRole(Identifier.parse(role));
    }

    private Thresholds thresholds() {
        try {
            return Thresholds.USUAL.runway(time(warn), time(page));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--runway-warn " + warn + " is shorter than --runway-page " + page, e);
        }
    }

    /** {@code 30d}, {@code 36h}, {@code P30D}. */
    private Duration time(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        try {
            if (upper.matches("\\d{1,5}[DH]")) {
                upper = upper.endsWith("D") ? "P" + upper : "PT" + upper;
            }
            return Duration.parse(upper);
        } catch (DateTimeParseException e) {
            throw new ParameterException(spec.commandLine(), "'" + text + "' is no time; write 30d, 36h or P30D", e);
        }
    }

    private String text(Check check, Session session) {
        return switch (common.format()) {
            case text -> CheckText.of(check, session.heading(), common.look(console));
            case json -> CheckJson.of(check, session.heading());
            case junit -> CheckJunit.of(check, failOn);
            case sarif -> CheckSarif.of(check, session.heading());
            case prometheus -> CheckMetrics.of(check);
        };
    }
}
