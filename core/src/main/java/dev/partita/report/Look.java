package dev.partita.report;

/**
 * How reports are laid out.
 *
 * @param width columns of the terminal; sentences are wrapped there, statements are not
 * @param style what emphasis looks like
 */
public record Look(int width, Style style) {

    /** For files, pipes and tests. */
    public static final Look PLAIN = new Look(100, Style.PLAIN);

    private static final int NARROWEST = 40;

    public Look {
        width = Math.max(width, NARROWEST);
    }
}
