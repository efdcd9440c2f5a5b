package dev.partita.cli.demo;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Hides what is still written once it has fallen: commands that lose their server because the demo is told to end have
 * nothing to say that helps anybody.
 */
final class Curtain {

    private volatile boolean fallen;

    void fall() {
        fallen = true;
    }

    boolean fallen() {
        return fallen;
    }

    /** The stream, as long as the curtain is up. */
    PrintStream before(PrintStream stream) {
        return new PrintStream(new Hidden(stream), true, StandardCharsets.UTF_8);
    }

    private final class Hidden extends FilterOutputStream {

        Hidden(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(int one) throws IOException {
            if (!fallen) {
                out.write(one);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (!fallen) {
                out.write(bytes, from, length);
            }
        }
    }
}
