package dev.partita.cli;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.execution.Patience;
import dev.partita.execution.Run;
import dev.partita.plan.Plan;
import dev.partita.plan.Request;
import java.nio.file.Path;
import java.time.Duration;
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

/** {@code partita apply}. */
@Command(
        name = "apply",
        description = {
            "Do what has to happen.",
            "",
            "Each step is a transaction of its own and waits for a lock for moments only.",
            "What was done stays done, and running it twice does no harm.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  partita apply                         plan and run",
            "  partita apply plan.json               exactly what the saved plan says, or nothing",
            "  partita apply --table shop.orders     one table only",
            "  partita apply --for 2021-01..2021-12  partitions for a back-dated import as well",
            "  partita apply --retire                retire what has been kept long enough as well",
            "  partita apply --repair                make existing partitions like their table again as well"
        })
final class ApplyCommand implements Callable<Integer> {

    /** What to leave out of a plan. */
    enum Only {
        create
    }

    private static final int MOST_ROUNDS = 3;

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A plan that partita plan --save wrote; it is applied exactly, or refused.")
    private @Nullable Path saved;

    @Option(
            names = "--only",
            paramLabel = "create",
            description = "Only steps that make something; whatever would take something away is left out.")
    private @Nullable Only only;

    @Option(
            names = "--max-age",
            paramLabel = "PERIOD",
            defaultValue = "7 days",
            description = "Refuse a saved plan that is older (default: 7 days).")
    private String maxAge = "7 days";

    @Option(
            names = "--lock-timeout",
            paramLabel = "TIME",
            converter = LockTimeout.class,
            description = "The longest single wait for a lock (default: 300ms).")
    private @Nullable Duration lockTimeout;

    @Option(
            names = "--connections",
            paramLabel = "N",
            converter = ConnectionCount.class,
            description = "How many tables get partitions at the same time (default: 4).")
    private int connections = 4;

    @Mixin
    private WindowOption window = new WindowOption();

    @Option(
            names = "--repair",
            description = "Make existing partitions like their table again: owner, grants, row security and more.")
    private boolean repair;

    @Mixin
    private RetireOptions retire = new RetireOptions();

    @Mixin
    private DeclarationOptions declaration = new DeclarationOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private Common common = new Common();

    ApplyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (saved != null && (window.given() || retire.given() || repair)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--for, --retire and --repair go into partita plan --save; a saved plan knows its own");
        }
        Declared declared = Declared.in(declaration.file(console));
        Optional<Saved> file =
                Optional.ofNullable(saved).map(given -> Saved.in(console.path(given), declared.declarations(), maxAge));
        Declarations chosen = declaration.chosen(declared.declarations());
        Request asked = retire.request(window.windows(chosen));
        Request request = repair ? asked.repairing() : asked;
        try (Stopping stopping = Stopping.begin();
                Session session = Session.open(console, common, database, declared.database())) {
            session.connected().requireWritable();
            Partita partita = session.partita(chosen).with(patience()).withConnections(connections);
            Applying applying = new Applying(console, common, session, partita, stopping);
            Run run = file.isEmpty()
                    ? applying.rounds(() -> filtered(partita.plan(request)), MOST_ROUNDS)
                    : applying.rounds(() -> filtered(file.get().again(session, declaration.named())), 1);
            return applying.tell(run);
        }
    }

    private Plan filtered(Plan plan) {
        return only == Only.create ? plan.only(new MakesSomething()) : plan;
    }

    private Patience patience() {
        return lockTimeout == null ? Patience.KIND : Patience.KIND.withLockTimeout(lockTimeout);
    }
}
