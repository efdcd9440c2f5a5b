package dev.partita.declaration;

import static dev.partita.declaration.LevelWords.attempt;

import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.table.ListValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people say about how long partitions stay. Not thread-safe. */
final class RetentionWords {

    static final String KEEP = "keep";
    static final String THEN = "then";
    static final String GRACE = "grace";
    static final String RETIRE = "retire";
    static final String RETIRE_WINDOW = "retire-window";
    static final String DROP = "drop";
    private static final String PINS = "pins";
    private static final String UNLESS = "unless";

    /** What keep says when nothing is ever retired. */
    private static final String FOREVER = "forever";

    private final Map<String, String> limits = new LinkedHashMap<>();
    private final List<String> pins = new ArrayList<>();
    private final Map<String, List<ListValue>> unless = new LinkedHashMap<>();

    void say(String key, String word) {
        limits.put(key, word);
    }

    void pin(String stretch) {
        pins.add(stretch);
    }

    void unless(String column, List<ListValue> values) {
        unless.put(column, List.copyOf(values));
    }

    /** What has been said, or empty when too much is wrong; complaints hear everything that is. */
    Optional<Retention> retention(Complaints complaints, Optional<Scheme> scheme) {
        String keep = limits.getOrDefault(KEEP, FOREVER);
        if (keep.strip().equals(FOREVER)) {
            for (String key : said()) {
                if (!key.equals(KEEP)) {
                    complaints.about(
                            key,
                            Problem.of(
                                    ProblemCode.KEY_MISSING,
                                    KEEP,
                                    "partitions are kept forever, so nothing follows",
                                    "add keep: 24 months, or leave " + key + " out"));
                }
            }
            return Optional.of(Retention.FOREVER);
        }
        Optional<Retention.Keep> limit = attempt(complaints, KEEP, () -> Retention.Keep.parse(keep));
        Optional<Retention.Then> then =
                attempt(complaints, THEN, () -> Retention.Then.parse(limits.getOrDefault(THEN, "detach")));
        Optional<Retention.Retire> retire =
                attempt(complaints, RETIRE, () -> Retention.Retire.parse(limits.getOrDefault(RETIRE, "ask")));
        Optional<String> grace = Optional.ofNullable(limits.get(GRACE));
        Optional<Period> wait = grace.flatMap(text -> attempt(complaints, GRACE, () -> Period.parse(text)));
        boolean understood =
                limit.isPresent() && then.isPresent() && retire.isPresent() && (grace.isEmpty() || wait.isPresent());
        Optional<Retention.Limited> retention = understood
                ? attempt(complaints, GRACE, () -> new Retention.Limited(limit.get(), then.get(), wait, retire.get()))
                : limit.map(Retention.Limited::to);
        Restraint restraint = restraint(complaints, scheme);
        return retention.map(
                known -> attempt(complaints, DROP, () -> known.with(restraint)).orElse(known));
    }

    private Restraint restraint(Complaints complaints, Optional<Scheme> scheme) {
        List<Stretch> held = new ArrayList<>();
        scheme.flatMap(Scheme::outermostRange)
                .ifPresent(range -> pins.forEach(pin -> attempt(
                                complaints,
                                PINS,
                                () -> Stretch.read(pin, range.spacing())
                                        .orElseThrow(
                                                () -> Refusal.value(
                                                        PINS,
                                                        "'" + pin + "' is no stretch of "
                                                                + range.column().written(),
                                                        range.spacing() instanceof Spacing.Numbers
                                                                ? "write numbers: 0..50_000_000"
                                                                : "write 2023-07, 2023-07..2023-09, or 2023-07-05..2023-07-20")))
                        .ifPresent(held::add)));
        List<Restraint.Unless> conditions = new ArrayList<>();
        unless.forEach((column, values) -> attempt(
                        complaints, UNLESS, () -> new Restraint.Unless(Identifier.parse(column), values))
                .ifPresent(conditions::add));
        Optional<WeeklyWindow> hours = Optional.ofNullable(limits.get(RETIRE_WINDOW))
                .flatMap(text -> attempt(complaints, RETIRE_WINDOW, () -> WeeklyWindow.parse(text)));
        boolean untilReleased = Optional.ofNullable(limits.get(DROP))
                .flatMap(text -> attempt(complaints, DROP, () -> Retention.Drop.parse(text)))
                .filter(Retention.Drop.WHEN_RELEASED::equals)
                .isPresent();
        return new Restraint(held, conditions, hours, untilReleased);
    }

    private Set<String> said() {
        Set<String> said = new LinkedHashSet<>(limits.keySet());
        if (!pins.isEmpty()) {
            said.add(PINS);
        }
        if (!unless.isEmpty()) {
            said.add(UNLESS);
        }
        return said;
    }
}
