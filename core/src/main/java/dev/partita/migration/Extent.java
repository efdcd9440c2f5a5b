package dev.partita.migration;

/**
 * How large a table is.
 *
 * @param rows as the last VACUUM or ANALYZE has estimated; 0 if there was none
 * @param bytes of its rows, with TOAST
 * @param indexBytes of its indexes
 */
public record Extent(long rows, long bytes, long indexBytes) {

    /** What a second one takes beside it: as much again, and a tenth for what is noted meanwhile. */
    public long needed() {
        return (bytes + indexBytes) / 10 * 11;
    }
}
