package dev.partita.declaration;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The storage parameters that a leaf may carry, over PostgreSQL 14 to 18; a server refuses those it does not know yet. */
final class StorageParameter {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(\\.\\d{1,12})?([eE]-?\\d{1,2})?");
    private static final String BOOLEAN = "true false on off yes no 1 0";
    private static final int MOST = Integer.MAX_VALUE;

    /** What values a parameter takes. */
    private sealed interface Kind {
        record Whole(long least, long most) implements Kind {}

        record Real(long least, long most) implements Kind {}

        record Words(Set<String> words) implements Kind {}
    }

    private static final Map<String, Kind> KNOWN = new TreeMap<>();

    static {
        whole("fillfactor", 10, 100);
        whole("toast_tuple_target", 128, 8160);
        whole("parallel_workers", 0, 1024);
        words("user_catalog_table", BOOLEAN);
        whole("autovacuum_analyze_threshold", 0, MOST);
        real("autovacuum_analyze_scale_factor", 0, 100);
        for (String prefix : new String[] {"", "toast."}) {
            words(prefix + "autovacuum_enabled", BOOLEAN);
            words(prefix + "vacuum_index_cleanup", "auto " + BOOLEAN);
            words(prefix + "vacuum_truncate", BOOLEAN);
            real(prefix + "vacuum_max_eager_freeze_failure_rate", 0, 1);
            whole(prefix + "autovacuum_vacuum_threshold", 0, MOST);
            whole(prefix + "autovacuum_vacuum_max_threshold", -1, MOST);
            real(prefix + "autovacuum_vacuum_scale_factor", 0, 100);
            whole(prefix + "autovacuum_vacuum_insert_threshold", -1, MOST);
            real(prefix + "autovacuum_vacuum_insert_scale_factor", 0, 100);
            real(prefix + "autovacuum_vacuum_cost_delay", 0, 100);
            whole(prefix + "autovacuum_vacuum_cost_limit", 1, 10_000);
            whole(prefix + "autovacuum_freeze_min_age", 0, 1_000_000_000);
            whole(prefix + "autovacuum_freeze_max_age", 100_000, 2_000_000_000);
            whole(prefix + "autovacuum_freeze_table_age", 0, 2_000_000_000);
            whole(prefix + "autovacuum_multixact_freeze_min_age", 0, 1_000_000_000);
            whole(prefix + "autovacuum_multixact_freeze_max_age", 10_000, 2_000_000_000);
            whole(prefix + "autovacuum_multixact_freeze_table_age", 0, 2_000_000_000);
            whole(prefix + "log_autovacuum_min_duration", -1, MOST);
        }
    }

    private StorageParameter() {}

    private static void whole(String name, long least, long most) {
        KNOWN.put(name, new Kind.Whole(least, most));
    }

    private static void real(String name, long least, long most) {
        KNOWN.put(name, new Kind.Real(least, most));
    }

    private static void words(String name, String words) {
        KNOWN.put(name, new Kind.Words(new LinkedHashSet<>(List.of(words.split(" ")))));
    }

    static Set<String> names() {
        return new TreeSet<>(KNOWN.keySet());
    }

    /** What the parameter wants instead of this value; empty when the value will do.  */
    static Optional<String> wanted(String name, String value) {
        Kind kind = KNOWN.get(name);
        if (kind instanceof Kind.Whole whole) {
            boolean fits = value.matches("-?\\d{1,12}") && between(value, whole.least, whole.most);
            return fits ? Optional.empty() : Optional.of("a whole number from " + whole.least + " to " + whole.most);
        }
        if (kind instanceof Kind.Real real) {
            boolean fits = NUMBER.matcher(value).matches() && between(value, real.least, real.most);
            return fits ? Optional.empty() : Optional.of("a number from " + real.least + " to " + real.most);
        }
        if (kind instanceof Kind.Words words) {
            boolean fits = words.words.contains(value.toLowerCase(Locale.ROOT));
            return fits ? Optional.empty() : Optional.of("one of " + String.join(", ", words.words));
        }
        return Optional.of("another name");
    }

    private static boolean between(String value, long least, long most) {
        BigDecimal number = new BigDecimal(value);
        return number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    }
}
