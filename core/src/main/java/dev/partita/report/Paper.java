package dev.partita.report;

import java.util.List;
import java.util.function.UnaryOperator;

/** Lines as they come, none with spaces at its end. */
final class Paper {

    private final StringBuilder text = new StringBuilder();
    private final Look look;

    Paper(Look look) {
        this.look = look;
    }

    Style style() {
        return look.style();
    }

    void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    void blank() {
        text.append('\n');
    }

    /**
     * A sentence, wrapped between words.
     *
     * @param first what stands before the first line, without emphasis
     * @param emphasis of what stands before the first line
     * @param indent in how many columns the other lines begin
     */
    void sentence(String first, UnaryOperator<String> emphasis, int indent, String sentence) {
        int begin = Visible.width(first);
        List<String> lines = Visible.wrapped(sentence, look.width() - begin, look.width() - indent);
        line(emphasis.apply(first) + lines.get(0));
        lines.stream().skip(1).forEach(rest -> line(" ".repeat(indent) + rest));
    }

    /** A sentence whose lines begin below each other. */
    void sentence(String first, String sentence) {
        sentence(first, UnaryOperator.identity(), Visible.width(first), sentence);
    }

    int width() {
        return look.width();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
