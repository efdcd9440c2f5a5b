package dev.partita.cli.demo;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.report.Look;
import java.io.PrintStream;
import java.sql.SQLException;

/**
 * The story of a table that has grown too big, told with the real commands on a server of its own.
 *
 * <p>Whatever happens, also when the process is told to end, neither server nor folder stay behind. Plays once.
 */
public final class Demo {

    private static final int FINE = 0;
    private static final int INTERRUPTED = 130;

    private final PrintStream err;
    private final Curtain curtain = new Curtain();
    private final Stage stage;
    private final boolean bars;
    private final Prompt prompt;

    /**
     * A demo that was not played yet.
     *
     * @param out for the story
     * @param err for progress and problems
     * @param look how the story is laid out
     * @param bars whether to draw how far long work is, which only a terminal shows well
     * @param prompt runs the commands of the story
     */
    public Demo(PrintStream out, PrintStream err, Look look, boolean bars, Prompt prompt) {
        this.err = err;
        this.bars = bars;
        this.stage = new Stage(curtain.before(out), curtain.before(err), look, bars);
        this.prompt = prompt;
    }

    /**
     * Tells the story to its end.
     *
     * @param orders how many orders the shop has
     * @param keep whether the server runs on afterwards
     * @return the exit code
     * @throws PartitaException if the server cannot be started, or cannot go on
     */
    public int play(long orders, boolean keep) {
        try (DemoServer server = DemoServer.inTemporaryFolder();
                EndOfProcess end = EndOfProcess.heard(() -> leave(server))) {
            Stopwatch whole = Stopwatch.started();
            new Story(stage, prompt, server, orders).tell();
            if (keep) {
                server.keep();
            }
            new Epilogue(stage, server).tell(keep, whole);
            return FINE;
        } catch (SQLException | RuntimeException e) {
            if (curtain.fallen()) {
                return INTERRUPTED;
            }
            throw e instanceof SQLException refused ? refused(refused) : (RuntimeException) e;
        }
    }

    private void leave(DemoServer server) {
        curtain.fall();
        server.close();
        err.println((bars ? "\r\u001b[K" : "") + "partita: stopped; the demo's PostgreSQL and its folder are removed");
    }

    private static PartitaException refused(SQLException refusal) {
        return new PartitaException(
                Problem.of(
                        ProblemCode.STATEMENT_FAILED,
                        "partita demo",
                        "the demo's own PostgreSQL refuses: " + refusal.getMessage(),
                        "see that " + System.getProperty("java.io.tmpdir") + " has 1 GB free, or try --rows 100000"),
                refusal);
    }
}
