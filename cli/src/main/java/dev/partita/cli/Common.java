package dev.partita.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that nearly every command has: how it speaks. */
final class Common implements Speaking {

    /** For whom the answer is. */
    enum Format {
        text,
        json
    }

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "For people, or one JSON document on standard output (default: text).")
    private Format format = Format.text;

    @Mixin
    private Manner manner = new Manner();

    @Override
    public boolean json() {
        return format == Format.json;
    }

    @Override
    public Manner manner() {
        return manner;
    }
}
