package dev.partita.report;

import java.util.List;

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
     * @param first what stands before the first line; may be emphasised
     * @param indent in how many columns the other lines begin; as wide as {@code first}
     */
    void sentence(String first, int indent, String sentence) {
        List<String> lines = Visible.wrapped(sentence, look.width() - indent);
        line(first + lines.get(0));
        lines.stream().skip(1).forEach(rest -> line(" ".repeat(indent) + rest));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
