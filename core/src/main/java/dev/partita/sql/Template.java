package dev.partita.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * SQL in a file of its own, which can be pasted into psql, with gaps that psql calls variables: {@code :'tables'} for a literal,
 * {@code :"column"} for a name.
 *
 * @param pieces what lies before, between and after the gaps
 * @param gaps what belongs into each
 */
public record Template(List<String> pieces, List<String> gaps) {

    private static final Pattern GAP = Pattern.compile("(?<!:):(['\"])([a-z]+)\\1");

    public Template {
        pieces = List.copyOf(pieces);
        gaps = List.copyOf(gaps);
    }

    /**
     * Reads a file that lies beside a class.
     *
     * @throws IllegalStateException if it is missing from the class path
     */
    public static Template beside(Class<?> type, String file) {
        try (InputStream resource = type.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalStateException("not on the class path: " + file);
            }
            return of(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Template of(String text) {
        return new Template(
                List.of(GAP.split(text, -1)),
                GAP.matcher(text)
                        .results()
                        .map((MatchResult gap) -> gap.group(2))
                        .toList());
    }

    /** The text as it stands, if it has no gaps. */
    public String filled() {
        return filled(Map.of());
    }

    /** With all gaps filled; a value may look like a gap itself. */
    public String filled(Map<String, SqlPart> values) {
        StringBuilder sql = new StringBuilder(pieces.get(0));
        for (int i = 0; i < gaps.size(); i++) {
            SqlPart value = Objects.requireNonNull(values.get(gaps.get(i)), gaps.get(i));
            sql.append(value.sql()).append(pieces.get(i + 1));
        }
        return sql.toString();
    }
}
