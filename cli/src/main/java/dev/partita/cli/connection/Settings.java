package dev.partita.cli.connection;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one source says about a connection: some settings, each with the place that said so. Immutable. */
final class Settings {

    /**
     * @param value as the driver spells it
     * @param origin who said so: {@code PGHOST}, {@code partita.yml}, …
     */
    record Given(String value, String origin) {}

    static final Settings NONE = new Settings(new EnumMap<>(Setting.class));

    private final Map<Setting, Given> given;

    private Settings(EnumMap<Setting, Given> given) {
        this.given = given;
    }

    /**
     * What the environment variables say.
     *
     * @throws PartitaException for every variable that cannot be honoured and must not be ignored
     */
    static Settings of(Surroundings surroundings) {
        List<Problem> problems = new ArrayList<>();
        Refused.VARIABLES.forEach((name, reason) ->
                surroundings.variable(name).ifPresent(value -> problems.add(refusedVariable(name, reason))));
        surroundings
                .variable("PGGSSENCMODE")
                .filter("require"::equals)
                .ifPresent(value -> problems.add(refusedVariable(
                        "PGGSSENCMODE", Refused.reason("gssencmode").orElseThrow())));
        if (!problems.isEmpty()) {
            throw new PartitaException(problems);
        }
        Collected collected = new Collected("the environment");
        for (Setting setting : Setting.values()) {
            if (setting.variable != null) {
                String variable = setting.variable;
                surroundings
                        .variable(variable)
                        .ifPresent(value ->
                                collected.put(setting, setting.read(Spelling.LIBPQ, value, variable), variable));
            }
        }
        return collected.settings();
    }

    private static Problem refusedVariable(String name, String reason) {
        return Problem.of(
                ProblemCode.CONNECTION_SETTING_REFUSED,
                name,
                "partita does not honour this variable and does not ignore it silently: " + reason,
                "run without it: env -u " + name + " partita …");
    }

    Optional<String> value(Setting setting) {
        return Optional.ofNullable(given.get(setting)).map(Given::value);
    }

    /** Who said so; for a setting that nobody gave, that it is the default. */
    String origin(Setting setting) {
        return Optional.ofNullable(given.get(setting)).map(Given::origin).orElse("the default");
    }

    /** These settings, and where they are silent those of the other. */
    Settings or(Settings other) {
        EnumMap<Setting, Given> both = new EnumMap<>(Setting.class);
        both.putAll(other.given);
        both.putAll(given);
        return new Settings(both);
    }

    /** Settings while they are read from one source. */
    static final class Collected {

        private final EnumMap<Setting, Given> given = new EnumMap<>(Setting.class);
        private final String origin;

        Collected(String origin) {
            this.origin = origin;
        }

        String origin() {
            return origin;
        }

        boolean has(Setting setting) {
            return given.containsKey(setting);
        }

        /**
         * Takes one setting by the name that the source uses for it; an empty value says nothing.
         *
         * @param place which setting it is, in words that hold nothing of the text: "setting 2 after the ?"
         * @throws PartitaException when the setting is refused, unknown or given twice, or its value cannot be
         */
        void put(Spelling spelling, String name, String value, String place) {
            if (Refused.password(name)) {
                throw new PartitaException(passwordFound(origin));
            }
            Setting setting = Setting.named(spelling, name).orElseThrow(() -> unknown(spelling, name, place));
            if (given.containsKey(setting)) {
                throw new PartitaException(Problem.of(
                        ProblemCode.CONNECTION_STRING_INVALID,
                        origin,
                        setting.name(spelling) + " is given twice",
                        "give it once"));
            }
            if (!value.isEmpty()) {
                put(setting, setting.read(spelling, value, origin), origin);
            }
        }

        void put(Setting setting, String value, String from) {
            given.put(setting, new Given(value, from));
        }

        Settings settings() {
            return new Settings(given);
        }

        private PartitaException unknown(Spelling spelling, String name, String place) {
            String taken = "leave it out; what can be given here is: " + Setting.names(spelling);
            Spelling otherSpelling = spelling == Spelling.JDBC ? Spelling.LIBPQ : Spelling.JDBC;
            Optional<String> meant =
                    Setting.named(otherSpelling, name).map(setting -> String.valueOf(setting.name(spelling)));
            Problem problem = Refused.reason(name)
                    .map(reason -> Problem.of(
                            ProblemCode.CONNECTION_SETTING_REFUSED, origin, name + " is not taken: " + reason, taken))
                    .or(() -> meant.filter(own -> !own.equals("null"))
                            .map(own -> Problem.of(
                                    ProblemCode.CONNECTION_SETTING_REFUSED,
                                    origin,
                                    name + " is spelled " + own + " in this kind of connection string",
                                    "write " + own)))
                    .orElseGet(() -> Problem.of(
                            ProblemCode.CONNECTION_SETTING_REFUSED,
                            origin,
                            place + " is none that partita takes",
                            taken));
            return new PartitaException(problem);
        }
    }

    static Problem passwordFound(String origin) {
        return Problem.of(
                ProblemCode.PASSWORD_IN_CONNECTION_STRING,
                origin,
                "there is a password in it; connection strings end in process lists, shell history and logs, so take the"
                        + " password for known and change it",
                "take it out and put it in ~/.pgpass (host:port:database:user:password, mode 0600)",
                "or give it with --password-file, --password-command or the variable PGPASSWORD");
    }
}
