package dev.partita.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How {@code partita check} speaks: also to what collects findings. */
final class CheckFormat implements Speaking {

    /** For whom the answer is. */
    enum Format {
        text,
        json,
        junit,
        sarif,
        prometheus
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = {
                "text for people (default), json for programs, junit (XML) and",
                "sarif for CI servers, prometheus for a textfile collector."
            })
    private Format format = Format.text;

    @Mixin
    private Manner manner = new Manner();

    Format format() {
        return format;
    }

    @Override
    public boolean json() {
        return format == Format.json;
    }

    @Override
    public Manner manner() {
        return manner;
    }
}
