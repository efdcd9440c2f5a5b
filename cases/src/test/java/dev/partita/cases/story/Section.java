package dev.partita.cases.story;

/**
 * A part of a story, from its heading to the next.
 *
 * @param kind the first word of the heading
 * @param remark what follows that word: a role, a reason; may be empty
 * @param body the lines below, without empty ones at the end
 */
record Section(Kind kind, String remark, String body) {

    /** What a section is for. */
    enum Kind {
        /** For which majors the story is true: {@code 15-18}; the remark says why. */
        VERSIONS,
        /** partita.yml. */
        DECLARATION,
        /** SQL that sets the scene; {@code as superuser} or {@code as shop_reader} for another role than the owner. */
        BEFORE,
        /** The same, later in the story. */
        THEN,
        /** SQL in a transaction that stays open until the next {@code then} or the end. */
        MEANWHILE,
        /** The instant at which partita looks. */
        NOW,
        /** Beyond what is declared: {@code table from..to}, {@code retire}, {@code retire at most 5}, {@code restore partition}, {@code release partition because exported}. */
        ASKED,
        /** The expected plan, which is then run. */
        PLAN,
        /** The expected plan, or problems, of which nothing may change anything. */
        REFUSAL,
        /** The statements of the plan above. */
        SQL,
        /** What became of the steps where not all were done. */
        RUN,
        /** The catalog after the run. */
        AFTER,
        /** The plan that is left after a complete run; the remark says why there is one. */
        REMAINS,
        /** A query, a line of dashes, and its rows. */
        QUERY;

        /** Whether the body is what was seen, and so may be rewritten. */
        boolean expectation() {
            return compareTo(PLAN) >= 0;
        }

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** The role that the heading names, without the word before it; empty for the owner. */
    String role() {
        return remark.startsWith("as ") ? remark.substring(3).strip() : "";
    }

    Section withBody(String other) {
        return new Section(kind, remark, other);
    }

    @Override
    public String toString() {
        return "=== " + kind.word() + (remark.isEmpty() ? "" : " " + remark) + "\n"
                + (body.isEmpty() ? "" : body + "\n");
    }
}
