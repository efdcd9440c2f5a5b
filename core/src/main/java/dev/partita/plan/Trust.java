package dev.partita.plan;

import dev.partita.catalog.Catalog;
import dev.partita.catalog.LastRun;
import dev.partita.declaration.Restraint;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.TableDeclaration;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether what is kept may be believed by a run that nobody watches: not when it says something else than last time, not after a
 * long silence, and not when the clock has jumped. Then a person has to look once.
 *
 * <p>It takes a memory: without the state schema nothing is known of the last run, and everything is believed.
 */
final class Trust {

    /** No run for so long is odd, unless the partitions are so wide that it is not. */
    private static final Duration SILENCE = Duration.ofDays(7);

    /** A clock that is corrected goes back by less. */
    private static final Duration STEP_BACK = Duration.ofMinutes(1);

    private final boolean remembers;
    private final Optional<LastRun> last;
    private final String rule;
    private final Instant now;
    private final Optional<String> doubt;

    Trust(TableDeclaration declaration, Retention.Limited limited, Catalog catalog, Instant now) {
        this.remembers = catalog.lastRuns().isPresent();
        this.last = catalog.lastRuns().flatMap(runs -> Optional.ofNullable(runs.get(declaration.name())));
        this.rule = rule(declaration.scheme(), limited);
        this.now = now;
        this.doubt = remembers ? doubt(silence(declaration.scheme())) : Optional.empty();
    }

    private static Duration silence(Scheme scheme) {
        double width = scheme.outermostRange()
                .map(Scheme.Range::spacing)
                .filter(Spacing.Time.class::isInstance)
                .map(spacing -> ((Spacing.Time) spacing).period().roughSeconds())
                .orElse(0.0);
        Duration half = Duration.ofSeconds((long) (width * 1.5));
        return half.compareTo(SILENCE) > 0 ? half : SILENCE;
    }

    /** What is kept and what becomes of the rest, in words that stay the same from one version of partita to the next. */
    private static String rule(Scheme scheme, Retention.Limited limited) {
        Restraint restraint = limited.restraint();
        String width = scheme.outermostRange()
                .map(range -> " of " + range.column().written() + " by "
                        + range.spacing().every() + zone(range.spacing()))
                .orElse("");
        return "keep " + limited.keep() + width + ", then " + limited.then()
                + limited.grace().map(grace -> " after " + grace).orElse("")
                + (restraint.untilReleased() ? " when released" : "")
                + restraint.pins().stream().map(pin -> ", pin " + pin).collect(Collectors.joining())
                + restraint.unless().stream()
                        .map(unless -> ", unless " + unless.column().written() + " is "
                                + unless.values().stream().map(Object::toString).collect(Collectors.joining(" or ")))
                        .collect(Collectors.joining());
    }

    private static String zone(Spacing spacing) {
        return spacing instanceof Spacing.Time time ? " in " + time.zone() : "";
    }

    /** What a person has to look at first, as a clause that follows "for a person, because"; empty when nothing is odd. */
    Optional<String> doubt() {
        return doubt;
    }

    private Optional<String> doubt(Duration silence) {
        if (last.isEmpty()) {
            return Optional.of("no run has looked at this table before");
        }
        LastRun known = last.get();
        if (!known.rule().equals(rule)) {
            return Optional.of("the declaration has changed: it was \"" + known.rule() + "\", and is \"" + rule + "\"");
        }
        if (known.doubt().isPresent()) {
            return known.doubt();
        }
        if (now.isBefore(known.at().minus(STEP_BACK))) {
            return Optional.of("the clock of the database has gone back: the last run was at " + known.at()
                    + ", and now it is " + now.truncatedTo(ChronoUnit.SECONDS));
        }
        return now.isAfter(known.at().plus(silence))
                ? Optional.of("there was no run since " + known.at() + ", or the clock of the database has jumped")
                : Optional.empty();
    }

    /**
     * What is to be remembered of this run.
     *
     * @param settled whether a person has asked for what is retired, or there is nothing to be retired
     */
    Optional<LastRun> remembered(boolean settled) {
        if (!remembers) {
            return Optional.empty();
        }
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        return Optional.of(
                settled || doubt.isEmpty()
                        ? new LastRun(second, rule, Optional.empty())
                        : new LastRun(second, last.map(LastRun::rule).orElse(rule), doubt));
    }
}
