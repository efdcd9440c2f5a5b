package dev.partita.adoption;

import dev.partita.declaration.Encoding;
import dev.partita.declaration.Grid;
import dev.partita.declaration.Period;
import dev.partita.declaration.Period.Unit;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.TimeAxis;
import dev.partita.problem.PartitaException;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound.Range;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the spacing whose cells the newest partitions are. Of several that fit equally the more usual is taken: calendar before
 * clock, UTC before other zones.
 */
final class SpacingGuess {

    /** So many of the newest partitions are looked at: three years of months, a month of days. */
    private static final int MOST_LOOKED_AT = 36;

    private static final Instant PLAUSIBLE_FROM = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant PLAUSIBLE_TO = Instant.parse("2100-01-01T00:00:00Z");

    /** The clocks that most people who do not use UTC live by; of zones with the same clock one of these is named. */
    private static final List<String> WELL_KNOWN = List.of(
            "Europe/London",
            "Europe/Berlin",
            "Europe/Helsinki",
            "Europe/Moscow",
            "America/New_York",
            "America/Chicago",
            "America/Denver",
            "America/Los_Angeles",
            "America/Sao_Paulo",
            "Asia/Kolkata",
            "Asia/Shanghai",
            "Asia/Tokyo",
            "Australia/Sydney");

    /** Where generators of time-ordered ids begin to count: Twitter, TSID, Discord, Instagram. */
    private static final List<String> ID_EPOCHS = List.of(
            "2010-11-04T01:42:54.657Z", "2020-01-01T00:00:00Z", "2015-01-01T00:00:00Z", "2011-08-24T21:07:01.721Z");

    private static final int USUAL_SHIFT = 22;

    private final List<Range> ranges;
    private final KeyType type;
    private Optional<Spacing> best = Optional.empty();
    private int bestScore;

    private SpacingGuess(List<Range> ranges, KeyType type) {
        this.ranges = ranges;
        this.type = type;
    }

    /**
     * The spacing, if the newest partition is a cell of any.
     *
     * @param sorted finite ranges, newest last
     * @param remarks where to tell what was guessed
     */
    static Optional<Spacing> of(List<Range> sorted, KeyType type, List<String> remarks) {
        if (sorted.isEmpty() || !type.hasAxis()) {
            return Optional.empty();
        }
        int from = Math.max(0, sorted.size() - MOST_LOOKED_AT);
        SpacingGuess guess = new SpacingGuess(sorted.subList(from, sorted.size()), type);
        guess.look();
        guess.best.ifPresent(spacing -> guess.tell(spacing, remarks));
        return guess.best;
    }

    private void look() {
        encodings().forEach(encoding -> times(encoding, Spacing.Time.UTC));
        if (type == KeyType.TIMESTAMPTZ && !perfect()) {
            zones().forEach(zone -> times(Encoding.NATIVE, zone));
        }
        if (type.integral() || type == KeyType.NUMERIC) {
            numbers();
        }
    }

    /** A calendar that fits from the usual begin of its periods; an odd hour would rather be another zone's midnight. */
    private boolean perfect() {
        return bestScore == score(ranges.size(), true);
    }

    private static int score(int cells, boolean usualBegin) {
        return 2 * cells + (usualBegin ? 1 : 0);
    }

    private Stream<Encoding> encodings() {
        if (type.temporal()) {
            return Stream.of(Encoding.NATIVE);
        }
        if (type == KeyType.UUID) {
            return Stream.of(new Encoding.Uuid7());
        }
        return Stream.concat(
                Stream.of(Encoding.Epoch.Unit.values()).map(Encoding.Epoch::new),
                ID_EPOCHS.stream().map(epoch -> new Encoding.Snowflake(Instant.parse(epoch), USUAL_SHIFT)));
    }

    private static Set<ZoneId> zones() {
        Set<ZoneId> zones = new LinkedHashSet<>();
        WELL_KNOWN.forEach(id -> zones.add(ZoneId.of(id)));
        new TreeSet<>(ZoneId.getAvailableZoneIds())
                .stream().filter(id -> id.contains("/")).forEach(id -> zones.add(ZoneId.of(id)));
        return zones;
    }

    private void times(Encoding encoding, ZoneId zone) {
        Optional<TimeAxis> axis = encoding.axis(type);
        if (axis.isEmpty()) {
            return;
        }
        try {
            Range newest = newest();
            Instant from = axis.get().instant(newest.from());
            Instant to = axis.get().instant(newest.to());
            if (type.temporal() || plausible(from) && plausible(to)) {
                ZoneId calendar = axis.get().local() ? ZoneOffset.UTC : zone;
                for (Period period : periods(from, to, calendar)) {
                    Spacing.Time spacing =
                            Spacing.Time.of(period).withZone(zone).withEncoding(encoding);
                    offer(anchored(spacing, LocalDateTime.ofInstant(from, calendar)));
                }
            }
        } catch (DateTimeException | ArithmeticException | PartitaException e) {
            // A bound outside the calendar: then it is not time that is counted here.
            return;
        }
    }

    private static boolean plausible(Instant instant) {
        return !instant.isBefore(PLAUSIBLE_FROM) && instant.isBefore(PLAUSIBLE_TO);
    }

    /** The periods that lead from one end to the other, the more usual first. */
    private static List<Period> periods(Instant from, Instant to, ZoneId calendar) {
        List<Period> periods = new ArrayList<>();
        LocalDateTime begin = LocalDateTime.ofInstant(from, calendar);
        LocalDateTime end = LocalDateTime.ofInstant(to, calendar);
        long months = ChronoUnit.MONTHS.between(begin, end);
        if (months > 0 && begin.plusMonths(months).equals(end)) {
            periods.add(months(months, begin));
        }
        long days = ChronoUnit.DAYS.between(begin, end);
        if (days > 0 && begin.plusDays(days).equals(end)) {
            periods.add(days % 7 == 0 ? period(days / 7, Unit.WEEK) : period(days, Unit.DAY));
        }
        long seconds = Duration.between(from, to).toSeconds();
        boolean wholeMinutes = seconds % 60 == 0 && Duration.between(from, to).toNanosPart() == 0;
        if (wholeMinutes && 86_400 % seconds == 0) {
            periods.add(seconds % 3_600 == 0 ? period(seconds / 3_600, Unit.HOUR) : period(seconds / 60, Unit.MINUTE));
        }
        return periods;
    }

    private static Period months(long months, LocalDateTime begin) {
        if (months % 12 == 0) {
            return period(months / 12, Unit.YEAR);
        }
        return months == 3 && begin.getMonthValue() % 3 == 1 ? period(1, Unit.QUARTER) : period(months, Unit.MONTH);
    }

    private static Period period(long count, Unit unit) {
        return Period.of(Math.toIntExact(count), unit);
    }

    /** Without an anchor where the usual begin of the period fits. */
    private Spacing anchored(Spacing.Time spacing, LocalDateTime begin) {
        boolean usual = spacing.grid(type).map(grid -> isCell(grid, newest())).orElse(false);
        return usual ? spacing : spacing.withAnchor(begin);
    }

    private void numbers() {
        BigDecimal from = newest().from().position();
        BigDecimal step = newest().to().position().subtract(from);
        BigDecimal anchor =
                from.subtract(from.divide(step, 0, RoundingMode.FLOOR).multiply(step));
        offer(Spacing.Numbers.of(step).withAnchor(anchor));
    }

    private Range newest() {
        return ranges.get(ranges.size() - 1);
    }

    /** Keeps the first of those that explain most of the newest partitions. */
    private void offer(Spacing spacing) {
        Optional<Grid> grid = spacing.grid(type);
        if (grid.isEmpty()) {
            return;
        }
        int cells = 0;
        while (cells < ranges.size() && isCell(grid.get(), ranges.get(ranges.size() - 1 - cells))) {
            cells++;
        }
        boolean usualBegin =
                spacing instanceof Spacing.Time time && time.anchor().isEmpty();
        int score = score(cells, usualBegin);
        if (cells > 0 && score > bestScore) {
            bestScore = score;
            best = Optional.of(spacing);
        }
    }

    private static boolean isCell(Grid grid, Range range) {
        try {
            return grid.isCell(range);
        } catch (DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    private void tell(Spacing spacing, List<String> remarks) {
        if (spacing instanceof Spacing.Time time && !time.zone().equals(Spacing.Time.UTC)) {
            remarks.add("The bounds follow the clock of " + time.zone()
                    + ", or of another zone with the same clock: name yours under zone:.");
        }
        if (spacing instanceof Spacing.Time time && !time.encoding().equals(Encoding.NATIVE)) {
            remarks.add("That the key counts time (" + time.encoding().word()
                    + ") is concluded from the bounds: see that it is so.");
        }
        if (bestScore < score(ranges.size(), false)) {
            remarks.add("Older partitions have other widths; they stay, new ones are made every " + spacing.every()
                    + " like the newest.");
        }
    }
}
