package dev.partita.cases.story;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One text for several majors: a line that only some of them show begins with {@code [14-16]} or {@code [18]}. */
final class VersionedText {

    private static final Pattern MARK = Pattern.compile("\\[(\\d\\d)(?:-(\\d\\d))?\\] (.*)");

    private VersionedText() {}

    /** What one major should show. */
    static String of(String text, int major) {
        return text.lines()
                .filter(line -> majors(line, major))
                .map(line -> {
                    Matcher mark = MARK.matcher(line);
                    return mark.matches() ? mark.group(3) : line;
                })
                .collect(Collectors.joining("\n"));
    }

    private static boolean majors(String line, int major) {
        Matcher mark = MARK.matcher(line);
        if (!mark.matches()) {
            return true;
        }
        int from = Integer.parseInt(mark.group(1));
        int to = mark.group(2) == null ? from : Integer.parseInt(mark.group(2));
        return from <= major && major <= to;
    }

    /** The text that shows each major what it should. */
    static String merged(SortedMap<Integer, String> byMajor) {
        List<Line> lines = List.of();
        for (Map.Entry<Integer, String> text : byMajor.entrySet()) {
            lines = merge(lines, text.getValue().lines().toList(), text.getKey());
        }
        SortedSet<Integer> all = new TreeSet<>(byMajor.keySet());
        return lines.stream().flatMap(line -> line.marked(all).stream()).collect(Collectors.joining("\n"));
    }

    /** A line and who shows it. */
    private record Line(String text, SortedSet<Integer> majors) {

        Line and(int major) {
            SortedSet<Integer> more = new TreeSet<>(majors);
            more.add(major);
            return new Line(text, more);
        }

        List<String> marked(SortedSet<Integer> all) {
            if (majors.equals(all)) {
                return List.of(text);
            }
            List<String> marked = new ArrayList<>();
            List<Integer> known = List.copyOf(all);
            for (int i = 0; i < known.size(); i++) {
                int end = i;
                while (end < known.size() && majors.contains(known.get(end))) {
                    end++;
                }
                if (end > i) {
                    String to = end - i == 1 ? "" : "-" + known.get(end - 1);
                    marked.add("[" + known.get(i) + to + "] " + text);
                    i = end;
                }
            }
            return marked;
        }
    }

    /** Along the longest common subsequence. */
    private static List<Line> merge(List<Line> lines, List<String> more, int major) {
        int[][] common = new int[lines.size() + 1][more.size() + 1];
        for (int i = lines.size() - 1; i >= 0; i--) {
            for (int j = more.size() - 1; j >= 0; j--) {
                common[i][j] = lines.get(i).text().equals(more.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<Line> merged = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < lines.size() || j < more.size()) {
            boolean same =
                    i < lines.size() && j < more.size() && lines.get(i).text().equals(more.get(j));
            if (same) {
                merged.add(lines.get(i++).and(major));
                j++;
            } else if (j == more.size() || i < lines.size() && common[i + 1][j] >= common[i][j + 1]) {
                merged.add(lines.get(i++));
            } else {
                merged.add(new Line(more.get(j++), new TreeSet<>(Collections.singleton(major))));
            }
        }
        return merged;
    }
}
