package dev.partita.cli.demo;

/** What comes after the story: where to go from here, and what becomes of the server. */
final class Epilogue {

    private final Stage stage;
    private final DemoServer server;

    Epilogue(Stage stage, DemoServer server) {
        this.stage = stage;
        this.server = server;
    }

    void tell(boolean kept, Stopwatch whole) {
        stage.act("What to read next.");
        stage.lines(
                "docs/tutorial/first-partitions.md   the same by hand, on a database of your own",
                "docs/concepts/partitioning.md       how partitioning works, and when it helps",
                "docs/reference/partita-yml.md       every key of partita.yml",
                "docs/how-to/convert-a-table.md      what to do about a table of yours");
        stage.gap();
        if (kept) {
            stage.say("The server runs on, as asked for with --keep; the demo took " + whole + ".");
            stage.lines(
                    "look into it:  " + stage.style().strong(server.psql()),
                    "go on with:    " + stage.style().strong("partita plan -f " + server.declaration()),
                    "stop it:       " + stage.style().strong(server.howToStop()));
        } else {
            server.close();
            stage.say("The server and its folder are removed again; the demo took " + whole
                    + ". With --keep they stay, to be looked at.");
        }
    }
}
