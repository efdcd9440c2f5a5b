package dev.partita.catalog;

/**
 * A digest of everything about a table that a plan rests on: columns, key, constraints, indexes, owner, grants, policies and
 * the bounds of all partitions; never sizes or estimates.
 *
 * @param digest hex digits
 */
public record Fingerprint(String digest) {

    /** Stands for a relation that does not exist. */
    public static final Fingerprint ABSENT = new Fingerprint("absent");

    @Override
    public String toString() {
        return digest;
    }
}
