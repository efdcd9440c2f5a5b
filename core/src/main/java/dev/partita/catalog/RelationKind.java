package dev.partita.catalog;

/** What {@code pg_class.relkind} says. */
public enum RelationKind {
    TABLE("a plain table"),
    PARTITIONED("a partitioned table"),
    FOREIGN("a foreign table"),
    VIEW("a view"),
    MATERIALIZED_VIEW("a materialized view"),
    OTHER("not a table");

    private final String words;

    RelationKind(String words) {
        this.words = words;
    }

    static RelationKind of(String relkind) {
        return switch (relkind) {
            case "r" -> TABLE;
            case "p" -> PARTITIONED;
            case "f" -> FOREIGN;
            case "v" -> VIEW;
            case "m" -> MATERIALIZED_VIEW;
            default -> OTHER;
        };
    }

    /** With its article: {@code a view}. */
    @Override
    public String toString() {
        return words;
    }
}
