package dev.partita.json;

import dev.partita.catalog.Server.DatabaseIdentity;
import dev.partita.plan.Plan;
import dev.partita.plan.Request;
import dev.partita.plan.TablePlan;
import dev.partita.plan.Window;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.report.Heading;
import dev.partita.sql.Sql;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan that was written down to be reviewed, and later applied exactly so or not at all.
 *
 * <p>Nothing in the file is ever executed. Planning is a pure function, so the plan is made again from the present declaration
 * and catalog, for the instant in the file; it is run only if it is the same plan. {@code docs/design/saved-plans.md} has the
 * reasons.
 *
 * @param partita the version that made it
 * @param instant for which it was made
 * @param database for which it was made
 * @param request what was asked for besides the declaration
 * @param cursors where tables of numbers were
 * @param tables in the order of the plan
 */
public record SavedPlan(
        String partita,
        Instant instant,
        DatabaseIdentity database,
        Request request,
        Map<TableName, RangeLimit> cursors,
        List<SavedTable> tables) {

    private static final String CHECKSUM = "sha256";

    /**
     * What was planned for a table.
     *
     * @param name the table
     * @param declaration a digest of what was declared
     * @param fingerprint of the table as it was
     * @param steps the statements of each step
     */
    public record SavedTable(TableName name, String declaration, String fingerprint, List<List<String>> steps) {
        public SavedTable {
            steps = List.copyOf(steps);
        }
    }

    public SavedPlan {
        cursors = Map.copyOf(cursors);
        tables = List.copyOf(tables);
    }

    /**
     * The text of the file: the plan as {@link PlanJson} has it, what is needed to make it again, and a checksum.
     *
     * @param request what was asked for besides the declaration
     * @param declared the canonical text of a table's declaration; equal text means equal declaration
     */
    public static String text(Plan plan, Heading heading, Request request, Function<TablePlan, String> declared) {
        Consumer<Json> document = PlanJson.document(
                "plan", plan, heading, json -> json.object("saved", saved -> saved(saved, plan, request, declared)));
        String checksum = sha256(Json.compact(document));
        return Json.pretty(document.andThen(json -> json.text(CHECKSUM, checksum)));
    }

    private static void saved(Json json, Plan plan, Request request, Function<TablePlan, String> declared) {
        json.objects("windows", request.windows(), WindowJson::write)
                .object(
                        "retire",
                        retire -> retire.text("who", request.retire().name().toLowerCase(Locale.ROOT))
                                .text("most", request.most().map(Object::toString)))
                .flag("repair", request.repair())
                .objects("declarations", plan.tables(), (object, table) -> {
                    NameJson.write(object, "table", table.name());
                    object.text(CHECKSUM, sha256(declared.apply(table)));
                })
                .objects(
                        "cursors",
                        plan.tables().stream()
                                .filter(table -> table.cursor()
                                        .filter(RangeLimit::finite)
                                        .isPresent())
                                .toList(),
                        (object, table) -> {
                            NameJson.write(object, "table", table.name());
                            object.text(
                                    "at",
                                    table.cursor().orElseThrow().position().toPlainString());
                        });
    }

    /**
     * Reads the text of a file.
     *
     * @param name what to call it in problems
     * @throws PartitaException PLAN_UNREADABLE if it is no saved plan, or was changed after it was saved
     */
    public static SavedPlan read(String name, String text) {
        try {
            JsonMapper mapper = JsonMapper.builder(Json.FACTORY).build();
            JsonNode root = mapper.readTree(text);
            if (!(root instanceof ObjectNode document) || !document.has(CHECKSUM) || !document.has("saved")) {
                throw unreadable(name, "is not a plan that partita plan --save wrote", null);
            }
            if (document.required("version").asLong() != Envelope.VERSION) {
                throw unreadable(
                        name,
                        "was saved by partita " + document.required("partita").asString()
                                + " in another version of the format",
                        null);
            }
            String checksum = document.required(CHECKSUM).asString();
            if (!sha256(mapper.writeValueAsString(document.without(CHECKSUM))).equals(checksum)) {
                throw unreadable(name, "was changed after it was saved: its checksum is another", null);
            }
            return read(document);
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            throw unreadable(name, "cannot be understood", e);
        }
    }

    private static SavedPlan read(JsonNode document) {
        JsonNode saved = document.required("saved");
        JsonNode database = document.required("database");
        Map<TableName, RangeLimit> cursors = new HashMap<>();
        for (JsonNode cursor : saved.required("cursors").values()) {
            cursors.put(
                    NameJson.read(cursor.required("table")),
                    RangeLimit.at(new BigDecimal(cursor.required("at").asString())));
        }
        Map<TableName, String> declarations = new HashMap<>();
        for (JsonNode declaration : saved.required("declarations").values()) {
            declarations.put(
                    NameJson.read(declaration.required("table")),
                    declaration.required(CHECKSUM).asString());
        }
        return new SavedPlan(
                document.required("partita").asString(),
                Instant.parse(document.required("generated_at").asString()),
                new DatabaseIdentity(
                        database.required("system_identifier").asString(),
                        database.required("name").asString()),
                request(saved),
                cursors,
                document.required("tables").values().stream()
                        .map(table -> table(table, declarations))
                        .toList());
    }

    private static Request request(JsonNode saved) {
        List<Window> windows = saved.required("windows").values().stream()
                .map(WindowJson::read)
                .toList();
        JsonNode retire = saved.required("retire");
        JsonNode most = retire.required("most");
        return new Request(
                windows,
                Request.Retire.valueOf(retire.required("who").asString().toUpperCase(Locale.ROOT)),
                most.isNull() ? Optional.empty() : Optional.of(Integer.valueOf(most.asString())),
                Set.of(),
                Map.of(),
                saved.path("repair").asBoolean(false),
                List.of());
    }

    private static SavedTable table(JsonNode table, Map<TableName, String> declarations) {
        TableName name = NameJson.read(table.required("table"));
        List<List<String>> steps = new ArrayList<>();
        for (JsonNode step : table.required("steps").values()) {
            steps.add(step.required("sql").values().stream()
                    .map(JsonNode::asString)
                    .toList());
        }
        return new SavedTable(
                name,
                declarations.getOrDefault(name, ""),
                table.required("fingerprint").asString(),
                steps);
    }

    private static PartitaException unreadable(String name, String why, @Nullable Throwable cause) {
        Problem problem =
                Problem.of(ProblemCode.PLAN_UNREADABLE, name, why, "save the plan again, and leave the file as it is");
        return cause == null ? new PartitaException(problem) : new PartitaException(problem, cause);
    }

    /** The names of the tables, in the order of the plan. */
    public List<TableName> names() {
        return tables.stream().map(SavedTable::name).toList();
    }

    /**
     * The first reason why a plan that was made again is not this plan.
     *
     * @param remade the plan, made for {@link #instant}, {@link #request} and {@link #cursors}
     * @param chosen of the tables those that are to be run
     * @param declared as in {@link #text}
     * @return empty when both are the same, statement by statement
     */
    public Optional<Problem> difference(
            Plan remade, Collection<TableName> chosen, Function<TablePlan, String> declared) {
        if (!remade.server().identity().equals(database)) {
            return Optional.of(Problem.of(
                    ProblemCode.PLAN_FOR_ANOTHER_DATABASE,
                    remade.server().identity().toString(),
                    "the plan was made for " + database,
                    "connect to that database",
                    "or make a plan for this one: partita plan --save"));
        }
        return tables.stream()
                .filter(table -> chosen.contains(table.name()))
                .flatMap(table -> difference(table, remade.table(table.name()), declared).stream())
                .findFirst();
    }

    private Optional<Problem> difference(
            SavedTable saved, Optional<TablePlan> remade, Function<TablePlan, String> declared) {
        if (remade.isEmpty() || !sha256(declared.apply(remade.get())).equals(saved.declaration())) {
            return Optional.of(Problem.of(
                    ProblemCode.PLAN_FOR_ANOTHER_DECLARATION,
                    saved.name().sql(),
                    remade.isEmpty()
                            ? "is part of the plan and not declared any more"
                            : "is declared otherwise than when the plan was saved by partita " + partita,
                    "go back to the declaration that the plan was made for",
                    "or make the plan again: partita plan --save"));
        }
        if (!remade.get().fingerprint().digest().equals(saved.fingerprint())) {
            return Optional.of(moved(saved, "was changed after the plan was saved"));
        }
        List<List<String>> steps = remade.get().steps().stream()
                .map(step -> step.script().stream().map(Sql::sql).toList())
                .toList();
        return steps.equals(saved.steps()) ? Optional.empty() : Optional.of(moved(saved, stepsDiffer(saved, steps)));
    }

    private static String stepsDiffer(SavedTable saved, List<List<String>> steps) {
        if (steps.size() != saved.steps().size()) {
            return "now needs " + steps.size() + " steps, the saved plan has "
                    + saved.steps().size();
        }
        int first = 0;
        while (steps.get(first).equals(saved.steps().get(first))) {
            first++;
        }
        return "needs another step " + (first + 1) + " than the saved plan has; "
                + "what surrounds the table has changed: rows in DEFAULT, taken names or roles";
    }

    private static Problem moved(SavedTable saved, String why) {
        return Problem.of(
                ProblemCode.CATALOG_MOVED,
                saved.name().sql(),
                why,
                "make the plan again, and look at it: partita plan --save");
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
