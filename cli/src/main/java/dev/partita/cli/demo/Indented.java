package dev.partita.cli.demo;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Sets each line in, also one that is drawn over itself. */
final class Indented extends FilterOutputStream {

    private final byte[] indent;
    private boolean begins = true;

    Indented(OutputStream out, String indent) {
        super(out);
        this.indent = indent.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) throws IOException {
        boolean ends = b == '\n' || b == '\r';
        if (begins && !ends) {
            out.write(indent);
        }
        begins = ends;
        out.write(b);
    }
}
