package dev.partita.declaration;

import static dev.partita.sql.Identifier.bytes;

import dev.partita.problem.Nearest;
import dev.partita.problem.PartitaException;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.sql.Storable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How partitions are called: a template such as <code>{table}_{yyyy}_{MM}</code>.
 *
 * <p>A name that would be longer than PostgreSQL's 63 bytes is shortened inside the table's part, which ends in eight hex
 * digits of that part's hash, so that two long names never become one, siblings look alike and the period stays readable.
 *
 * @param template text with tokens in braces; {@code {table}} is the direct parent's name
 */
public record Naming(String template) {

    /** What a template may hold besides the table, by the method of its level. */
    public static final Set<String> TIME_TOKENS =
            Set.of("yyyy", "MM", "dd", "HH", "mm", "q", "YYYY", "ww", "DDD", "offset");

    public static final Set<String> NUMBER_TOKENS = Set.of("from", "to", "n");
    public static final Set<String> LIST_TOKENS = Set.of("name");
    public static final Set<String> HASH_TOKENS = Set.of("remainder", "modulus");

    private static final Pattern TOKEN = Pattern.compile("\\{([^{}]*)\\}");
    private static final Pattern TABLE = Pattern.compile("{table}", Pattern.LITERAL);
    private static final int HASH_DIGITS = 8;

    /** @throws PartitaException if the template is empty, or a brace stands alone */
    public Naming {
        if (template.isBlank()) {
            throw refused("a template of names cannot be empty", "write something like {table}_{yyyy}_{MM}");
        }
        Storable.flaw(template).ifPresent(flaw -> {
            throw refused("a name " + flaw, "leave that character out");
        });
        String bare = TOKEN.matcher(template).replaceAll("");
        if (bare.indexOf('{') >= 0 || bare.indexOf('}') >= 0) {
            throw refused("'" + template + "' has a brace that stands alone", "write tokens as {table}");
        }
    }

    private static PartitaException refused(String message, String... waysOut) {
        return Refusal.of(ProblemCode.NAME_INVALID, "name", message, waysOut);
    }

    /** Whether the direct parent's name is part of the names. */
    boolean namesTheTable() {
        return TABLE.matcher(template).find();
    }

    /**
     * Refuses a template that a level cannot fill, or that calls all partitions the same.
     *
     * @param level what the level is, for the problem: {@code a list}
     * @param known the tokens that the level knows
     * @param telling of these at least one has to be there
     * @throws PartitaException if one is unknown, or none of the telling ones is there
     */
    void mustFit(String level, Set<String> known, Set<String> telling) {
        for (String token : tokens()) {
            if (!known.contains(token)) {
                throw refused(
                        "{" + token + "} means nothing in the names of " + level,
                        Nearest.to(token, known)
                                .map(near -> "did you mean {" + near + "}?")
                                .orElse("write " + inBraces(known) + " or {table}"));
            }
        }
        if (tokens().stream().noneMatch(telling::contains)) {
            throw refused(
                    "'" + template + "' gives all partitions of " + level + " the same name",
                    "add " + inBraces(telling));
        }
    }

    private static String inBraces(Set<String> tokens) {
        return tokens.stream().sorted().map(token -> "{" + token + "}").collect(Collectors.joining(", "));
    }

    /**
     * Refuses a template that calls two periods the same.
     *
     * @param grid the periods
     * @throws PartitaException if two of those that are likely to be confused get one name; the problem names them
     */
    void mustTellApart(TimeGrid grid) {
        Identifier table = Identifier.of("t");
        Map<Identifier, Cell> named = new HashMap<>();
        for (Cell cell : LikelyTwins.of(grid)) {
            Cell twin = named.put(name(table, token -> grid.token(token, cell)), cell);
            if (twin != null && !twin.equals(cell)) {
                throw refused(
                        "'" + template + "' gives the partitions from " + start(grid, twin) + " and from "
                                + start(grid, cell) + " the same name",
                        "write " + grid.defaultName() + ", the usual one, or add what tells them apart");
            }
        }
    }

    private static String start(TimeGrid grid, Cell cell) {
        return grid.time(cell.from()).toLocalDateTime().toString();
    }

    /** The tokens of the template in order, without the table's. */
    public List<String> tokens() {
        return TOKEN.matcher(template)
                .results()
                .map(result -> result.group(1))
                .filter(token -> !token.equals("table"))
                .toList();
    }

    /**
     * The name of a partition.
     *
     * @param table the direct parent's name
     * @param value what stands for each token but the table's
     */
    public Identifier name(Identifier table, UnaryOperator<String> value) {
        String whole = fill(table.name(), value);
        if (bytes(whole) <= Identifier.MAX_BYTES) {
            return Identifier.of(whole);
        }
        String digest = digest(table.name());
        long occurrences = TABLE.matcher(template).results().count();
        int room = occurrences == 0 ? 0 : (int) ((Identifier.MAX_BYTES - bytes(fill(digest, value))) / occurrences);
        return Identifier.of(
                room > 0
                        ? fill(cut(table.name(), room) + digest, value)
                        : cut(whole, Identifier.MAX_BYTES - digest.length()) + digest(whole));
    }

    private static String digest(String name) {
        return "_" + sha256(name).substring(0, HASH_DIGITS);
    }

    private String fill(String table, UnaryOperator<String> value) {
        return TOKEN.matcher(template).replaceAll(match -> {
            String token = match.group(1);
            return Matcher.quoteReplacement(token.equals("table") ? table : value.apply(token));
        });
    }

    /** The longest beginning of at most so many bytes that splits no character. */
    private static String cut(String text, int bytes) {
        int end = 0;
        int used = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            int length = bytes(Character.toString(character));
            if (used + length > bytes) {
                break;
            }
            used += length;
            end += Character.charCount(character);
        }
        return text.substring(0, end);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return template;
    }
}
