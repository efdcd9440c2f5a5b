package dev.partita.declaration;

import dev.partita.problem.PartitaException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Hours of the week, on the wall clock of a zone: {@code Sat 02:00-05:00}, {@code Mon-Fri 22:00-04:00}, {@code 02:00-05:00} for
 * every day; several with commas between them.
 *
 * @param hours in the order in which they were written, at least one
 */
public record WeeklyWindow(List<Hours> hours) {

    /**
     * A part of each of some days. One that ends before it begins reaches into the next day.
     *
     * @param days on which it begins, Monday first; at least one
     * @param from its first minute
     * @param to where it ends; midnight is the end of the day
     */
    public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

        public Hours {
            days = Collections.unmodifiableSet(EnumSet.copyOf(days));
        }

        boolean include(ZonedDateTime time) {
            LocalTime clock = time.toLocalTime();
            boolean sameDay = from.isBefore(to);
            boolean begun =
                    days.contains(time.getDayOfWeek()) && !clock.isBefore(from) && (!sameDay || clock.isBefore(to));
            boolean sinceYesterday =
                    !sameDay && days.contains(time.getDayOfWeek().minus(1)) && clock.isBefore(to);
            return begun || sinceYesterday;
        }

        /** When they begin next; the clock may skip that minute, and then it is the first one after it. */
        ZonedDateTime next(ZonedDateTime after) {
            return IntStream.rangeClosed(0, DayOfWeek.values().length)
                    .mapToObj(after.toLocalDate()::plusDays)
                    .filter(day -> days.contains(day.getDayOfWeek()))
                    .map(day -> day.atTime(from).atZone(after.getZone()))
                    .filter(begin -> begin.isAfter(after))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public String toString() {
            String when = from + "-" + to;
            if (days.size() == DayOfWeek.values().length) {
                return when;
            }
            List<DayOfWeek> ordered = days.stream().sorted().toList();
            boolean inARow =
                    ordered.get(ordered.size() - 1).getValue() - ordered.get(0).getValue() == ordered.size() - 1;
            String on = inARow && ordered.size() > 2
                    ? word(ordered.get(0)) + "-" + word(ordered.get(ordered.size() - 1))
                    : ordered.stream().map(Hours::word).collect(Collectors.joining("/"));
            return on + " " + when;
        }

        private static String word(DayOfWeek day) {
            return day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern HOURS = Pattern.compile(
            "(?:([a-z]{2,9})(?:-([a-z]{2,9})|((?:/[a-z]{2,9})*))\\s+)?(\\d\\d?:\\d\\d)\\s*-\\s*(\\d\\d?:\\d\\d)",
            Pattern.CASE_INSENSITIVE);

    public WeeklyWindow {
        hours = List.copyOf(hours);
        if (hours.isEmpty()) {
            throw refused("");
        }
    }

    /** @throws PartitaException if it names no hours of the week */
    public static WeeklyWindow parse(String text) {
        return parse("retire-window", text);
    }

    /**
     * The same, for another place than the declaration.
     *
     * @param where what a person has to correct
     * @throws PartitaException if it names no hours of the week
     */
    public static WeeklyWindow parse(String where, String text) {
        try {
            return hours(text);
        } catch (PartitaException e) {
            throw new PartitaException(e.problems().get(0).at(where));
        }
    }

    private static WeeklyWindow hours(String text) {
        List<Hours> hours = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher match = HOURS.matcher(part.strip());
            if (!match.matches()) {
                throw refused(text);
            }
            LocalTime from = time(match.group(4), text);
            LocalTime to = time(match.group(5), text);
            if (from.equals(to)) {
                throw refused(text);
            }
            hours.add(new Hours(days(match, text), from, to));
        }
        return new WeeklyWindow(hours);
    }

    private static LocalTime time(String text, String whole) {
        try {
            return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text.length() < 5 ? "0" + text : text);
        } catch (DateTimeException e) {
            throw refused(whole);
        }
    }

    private static Set<DayOfWeek> days(Matcher match, String whole) {
        if (match.group(1) == null) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        DayOfWeek first = day(match.group(1), whole);
        Set<DayOfWeek> days = EnumSet.of(first);
        if (match.group(2) != null) {
            DayOfWeek last = day(match.group(2), whole);
            for (DayOfWeek day = first; day != last; day = day.plus(1)) {
                days.add(day);
            }
            days.add(last);
        } else {
            Arrays.stream(match.group(3).split("/"))
                    .filter(word -> !word.isEmpty())
                    .forEach(word -> days.add(day(word, whole)));
        }
        return days;
    }

    private static DayOfWeek day(String word, String whole) {
        String upper = word.toUpperCase(Locale.ROOT);
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().startsWith(upper))
                .findFirst()
                .orElseThrow(() -> refused(whole));
    }

    private static PartitaException refused(String text) {
        return Refusal.value(
                "retire-window",
                "'" + text + "' names no hours of the week",
                "write Sat 02:00-05:00, Mon-Fri 22:00-04:00, or 02:00-05:00 for every day");
    }

    /** Whether a moment lies in one of them. */
    public boolean includes(ZonedDateTime time) {
        return hours.stream().anyMatch(each -> each.include(time));
    }

    /** When the next of them begins. */
    public ZonedDateTime next(ZonedDateTime after) {
        return hours.stream()
                .map(each -> each.next(after.truncatedTo(ChronoUnit.SECONDS)))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Override
    public String toString() {
        return hours.stream().map(Hours::toString).collect(Collectors.joining(", "));
    }
}
