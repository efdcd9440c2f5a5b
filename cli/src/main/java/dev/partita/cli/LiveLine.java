package dev.partita.cli;

/** One line on standard error that is overwritten, where there is a terminal; nothing elsewhere. Thread-safe. */
final class LiveLine {

    private static final String ERASE_LINE = "\r\u001b[K";

    private final Console console;

    LiveLine(Console console) {
        this.console = console;
    }

    /** As much of the text as has room. */
    synchronized void show(String text) {
        if (!console.terminal()) {
            return;
        }
        int width = Math.max(1, console.width() - 1);
        String cut = text.length() > width ? text.substring(0, width) : text;
        console.err().print(ERASE_LINE + cut);
        console.err().flush();
    }

    synchronized void clear() {
        if (console.terminal()) {
            console.err().print(ERASE_LINE);
            console.err().flush();
        }
    }

    /** A line that stays, before the one that is overwritten. */
    synchronized void print(String text) {
        clear();
        console.err().println(text);
    }
}
