package dev.partita.declaration;

/**
 * Whether there is a DEFAULT partition, and what rows in it mean.
 *
 * @param policy what it is for
 * @param suffix the last part of its name, after the table's and an underscore
 */
public record DefaultPartition(Policy policy, String suffix) {

    /** What rows in DEFAULT mean. */
    public enum Policy {
        /** There is none: rows without a partition are refused. */
        NONE,
        /** It is a safety net that must stay empty. It stays a plain table in a composite scheme. */
        ALERT,
        /** It is a partition like others; in a composite scheme it is divided like its siblings. */
        ACCEPT
    }

    public static final DefaultPartition NONE = new DefaultPartition(Policy.NONE, "default");
    public static final DefaultPartition ALERT = new DefaultPartition(Policy.ALERT, "default");
    public static final DefaultPartition ACCEPT = new DefaultPartition(Policy.ACCEPT, "default");

    public boolean wanted() {
        return policy != Policy.NONE;
    }
}
