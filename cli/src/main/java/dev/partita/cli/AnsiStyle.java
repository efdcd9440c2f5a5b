package dev.partita.cli;

import dev.partita.report.Style;

/** Emphasis by the sixteen colours that every terminal knows; themes of the user apply. */
final class AnsiStyle implements Style {

    private static final String END = "\u001b[0m";

    @Override
    public String strong(String text) {
        return "\u001b[1m" + text + END;
    }

    @Override
    public String good(String text) {
        return "\u001b[32m" + text + END;
    }

    @Override
    public String warning(String text) {
        return "\u001b[33m" + text + END;
    }

    @Override
    public String bad(String text) {
        return "\u001b[31m" + text + END;
    }

    @Override
    public String faint(String text) {
        return "\u001b[2m" + text + END;
    }
}
