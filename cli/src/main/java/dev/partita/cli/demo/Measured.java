package dev.partita.cli.demo;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the server says about one run of a query.
 *
 * @param planning milliseconds that planning took
 * @param execution milliseconds that the execution took
 * @param pages of 8 kB that were read, from memory or disk
 * @param rows that were looked at, whether they were wanted or not
 * @param tables how many tables or partitions they came from
 */
record Measured(double planning, double execution, long pages, long rows, int tables) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Reads {@code EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)}. */
    static Measured of(String explained) {
        JsonNode answer = JSON.readTree(explained).get(0);
        JsonNode top = answer.get("Plan");
        List<JsonNode> scans =
                nodes(top).filter(node -> node.has("Relation Name")).toList();
        return new Measured(
                answer.get("Planning Time").asDouble(),
                answer.get("Execution Time").asDouble(),
                top.get("Shared Hit Blocks").asLong()
                        + top.get("Shared Read Blocks").asLong(),
                Math.round(scans.stream().mapToDouble(Measured::lookedAt).sum()),
                (int) scans.stream()
                        .map(scan -> scan.get("Relation Name").asString())
                        .distinct()
                        .count());
    }

    private static Stream<JsonNode> nodes(JsonNode node) {
        return Stream.concat(Stream.of(node), node.path("Plans").valueStream().flatMap(Measured::nodes));
    }

    /** The server tells the average of all loops, and parallel workers are loops. */
    private static double lookedAt(JsonNode scan) {
        return (scan.get("Actual Rows").asDouble()
                        + scan.path("Rows Removed by Filter").asDouble(0)
                        + scan.path("Rows Removed by Index Recheck").asDouble(0))
                * scan.get("Actual Loops").asDouble();
    }

    /** The run in the middle, by execution time. */
    static Measured median(List<Measured> runs) {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Measured::execution))
                .toList()
                .get(runs.size() / 2);
    }
}
