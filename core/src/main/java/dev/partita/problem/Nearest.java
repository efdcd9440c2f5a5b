package dev.partita.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what a mistyped word was meant to be. */
public final class Nearest {

    private Nearest() {}

    /**
     * The known word that is a slip of the pen away: one edit in a short word, two in a longer one; an edit is a letter
     * too many, too few, wrong, or two in the wrong order.
     *
     * @param word what was written; letter case and the choice of dash do not count
     * @param known in any order; of equally near words the one nearest in letter case too, then the first in the alphabet
     */
    public static Optional<String> to(String word, Collection<String> known) {
        String plain = plain(word);
        int allowed = plain.length() < 5 ? 1 : 2;
        record Guess(String word, int distance, int asWritten) {}
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= allowed)
                .map(candidate -> new Guess(candidate, distance(plain, plain(candidate)), distance(word, candidate)))
                .filter(guess -> guess.distance <= allowed)
                .min(Comparator.comparing(Guess::distance)
                        .thenComparing(Guess::asWritten)
                        .thenComparing(Guess::word))
                .map(Guess::word);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }

    /** The optimal string alignment distance. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
