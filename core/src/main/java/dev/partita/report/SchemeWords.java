package dev.partita.report;

import dev.partita.declaration.Scheme;
import dev.partita.declaration.TableDeclaration;
import java.util.Optional;

/** A declaration in a few words: {@code range (created_at), every 1 month, then list (shipping_region)}. */
public final class SchemeWords {

    private SchemeWords() {}

    /** The words. */
    public static String of(TableDeclaration declaration) {
        StringBuilder words = new StringBuilder();
        for (Optional<Scheme> level = Optional.of(declaration.scheme());
                level.isPresent();
                level = level.get().then()) {
            words.append(words.length() == 0 ? "" : ", then ").append(level(level.get()));
        }
        return words.toString();
    }

    /** Long numbers with underscores, as in the declaration. */
    private static String grouped(String every) {
        return every.matches("\\d{5,}") ? every.replaceAll("(?<=\\d)(?=(\\d{3})+$)", "_") : every;
    }

    private static String level(Scheme scheme) {
        String key = scheme.method().word() + " (" + Visible.of(scheme.column()) + ")";
        return scheme.accept(new Scheme.Visitor<>() {
            @Override
            public String range(Scheme.Range range) {
                return key + ", every " + grouped(range.spacing().every());
            }

            @Override
            public String values(Scheme.Values values) {
                return key + ", " + Amount.count(values.partitions().size(), "partition");
            }

            @Override
            public String hash(Scheme.Hash hash) {
                return key + ", " + Amount.count(hash.partitions(), "partition");
            }
        });
    }
}
