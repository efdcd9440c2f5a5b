package dev.partita.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is measured, and how much of it.
 *
 * @param root the checkout
 * @param work a folder for files of the run
 * @param postmaster the server's process
 * @param bars what is measured: {@code idle}, {@code create}, {@code readers}, {@code large}, {@code retire}, {@code remove},
 *     {@code index}, {@code check}, {@code process}, {@code migrate}
 * @param rounds how often each side is measured
 * @param tables how many tables are kept
 * @param leaves how many partitions the large table has
 * @param runs how often each command is run
 * @param rows how many rows are migrated
 * @param complete whether everything is measured in full, so that the figures may be published
 */
record Setting(
        Path root,
        Path work,
        long postmaster,
        List<String> bars,
        int rounds,
        int tables,
        int leaves,
        int runs,
        int rows,
        boolean complete) {

    private static final String ALL = "idle,create,readers,large,retire,remove,index,check,process,migrate";

    static Setting of(String... arguments) {
        Map<String, String> given = Arrays.stream(arguments)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new Setting(
                Path.of(given.getOrDefault("root", ".")),
                Path.of(given.getOrDefault("work", "/tmp")),
                Long.parseLong(given.getOrDefault("postmaster", "0")),
                List.of(given.getOrDefault("bars", ALL).split(",")),
                number(given, "rounds", 7),
                number(given, "tables", 100),
                number(given, "leaves", 10_000),
                number(given, "runs", 11),
                number(given, "rows", 5_000_000),
                given.keySet().stream()
                        .noneMatch(List.of("bars", "rounds", "tables", "leaves", "runs", "rows")::contains));
    }

    private static int number(Map<String, String> given, String key, int usual) {
        return Optional.ofNullable(given.get(key)).map(Integer::valueOf).orElse(usual);
    }

    boolean wants(String bar) {
        return bars.contains(bar);
    }
}
