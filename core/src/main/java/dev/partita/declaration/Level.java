package dev.partita.declaration;

import dev.partita.table.PartitionMethod;

/** A level below another, said in Java: {@code Level.list("shipping_region").partition("na", "NA")}. */
public final class Level extends LevelWords<Level> {

    private Level() {}

    /** A level whose method {@link #dividedBy} is still to say. */
    public static Level undivided() {
        return new Level();
    }

    /**
     * By ranges.
     *
     * @param column the key, as people write it in SQL
     */
    public static Level range(String column) {
        return new Level().dividedBy(PartitionMethod.RANGE, column);
    }

    /**
     * By listed values.
     *
     * @param column the key, as people write it in SQL
     */
    public static Level list(String column) {
        return new Level().dividedBy(PartitionMethod.LIST, column);
    }

    /**
     * By the hash of a value.
     *
     * @param column the key, as people write it in SQL
     */
    public static Level hash(String column) {
        return new Level().dividedBy(PartitionMethod.HASH, column);
    }

    @Override
    Level self() {
        return this;
    }
}
