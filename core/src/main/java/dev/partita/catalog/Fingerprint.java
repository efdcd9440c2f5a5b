package dev.partita.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * A digest of everything about a table that a plan rests on: columns, key, constraints, indexes, owner, grants, policies and
 * the bounds of all partitions; never sizes or estimates.
 *
 * @param digest hex digits
 */
public record Fingerprint(String digest) {

    /** Stands for a relation that does not exist. */
    public static final Fingerprint ABSENT = new Fingerprint("absent");

    /**
     * The digest of a table and what hangs below it.
     *
     * @param table the table's own digest, as the server made it
     * @param partitions all below it, in any order
     */
    static Fingerprint of(String table, Stream<PartitionRow> partitions) {
        MessageDigest digest = sha256();
        digest.update(table.getBytes(StandardCharsets.UTF_8));
        partitions.map(PartitionRow::essence).sorted().forEach(essence -> {
            digest.update((byte) 0);
            digest.update(essence.getBytes(StandardCharsets.UTF_8));
        });
        return new Fingerprint(HexFormat.of().formatHex(digest.digest(), 0, 16));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return digest;
    }
}
