package dev.partita.cli.demo;

import dev.partita.report.Look;
import dev.partita.report.Style;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Where the story is told: acts, sentences, and text as it stands in files. */
final class Stage {

    /** Of work that has no number. */
    static final long UNKNOWN = -1;

    private static final String INDENT = "   ";
    private static final String QUOTE = "    ";

    private final PrintStream out;
    private final PrintStream err;
    private final Look look;
    private final boolean bars;
    private int acts;
    private boolean begun;
    private boolean gap;

    /**
     * A stage.
     *
     * @param out for the story
     * @param err for bars
     * @param bars whether to show how far long work is
     */
    Stage(PrintStream out, PrintStream err, Look look, boolean bars) {
        this.out = out;
        this.err = err;
        this.look = look;
        this.bars = bars;
    }

    /** Where commands say how far they are. */
    PrintStream aside() {
        return new PrintStream(new Indented(err, INDENT), true, StandardCharsets.UTF_8);
    }

    /** Columns that a line may take. */
    int width() {
        return look.width() - INDENT.length();
    }

    Style style() {
        return look.style();
    }

    /** Begins the next act by saying in one sentence what happens in it. */
    void act(String sentence) {
        acts++;
        gap();
        List<String> lines = wrapped(sentence, width());
        print(style().strong(acts + "  " + lines.get(0)));
        lines.stream().skip(1).forEach(line -> print(INDENT + style().strong(line)));
    }

    void say(String sentence) {
        wrapped(sentence, width()).forEach(this::lines);
    }

    /** Lines that stay as they are. */
    void lines(String... lines) {
        for (String line : lines) {
            print((INDENT + line).stripTrailing());
        }
    }

    /** Text to be copied. */
    void quote(String text) {
        gap();
        text.lines().forEach(line -> lines(QUOTE + line));
        gap();
    }

    /** What is typed at the prompt. */
    void prompt(String typed) {
        lines(style().strong("$ " + typed));
    }

    /** Keeps what follows apart from what stands there already. */
    void gap() {
        gap = begun;
    }

    private void print(String line) {
        if (gap) {
            out.println();
        }
        gap = false;
        begun = true;
        out.println(line);
    }

    /**
     * Shows how far a work is that takes long.
     *
     * @param rows how many there are to do, or {@link #UNKNOWN}
     */
    Work work(String name, long rows) {
        return bars ? new Bar(name, rows, err, look.width()) : new Work() {};
    }

    private static List<String> wrapped(String sentence, int width) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (String word : sentence.split(" ")) {
            boolean fits = column == 0 || column + 1 + word.length() <= width;
            text.append(column == 0 ? "" : fits ? " " : "\n").append(word);
            column = fits && column > 0 ? column + 1 + word.length() : word.length();
        }
        return Arrays.asList(text.toString().split("\n"));
    }

    /** Hears how a work goes on. */
    interface Work extends AutoCloseable {

        default void done(long rows) {}

        @Override
        default void close() {}
    }

    /** Drawn over itself on a terminal, and wiped away at the end. */
    private static final class Bar implements Work {

        private final ProgressBar bar;

        Bar(String name, long rows, PrintStream err, int width) {
            bar = new ProgressBarBuilder()
                    .setTaskName(INDENT + name)
                    .setInitialMax(rows)
                    .setUnit(" rows", 1)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setUpdateIntervalMillis(100)
                    .setConsumer(new ConsoleProgressBarConsumer(err, width))
                    .clearDisplayOnFinish()
                    .build();
        }

        @Override
        public void done(long rows) {
            bar.stepTo(rows);
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
