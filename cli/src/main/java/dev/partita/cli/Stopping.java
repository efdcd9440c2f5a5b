package dev.partita.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends work cleanly when the process is told to end, by Ctrl+C or by a service manager: the work is asked to stop, and gets
 * the time to roll back and to say what was done. The process then ends as signals end it, with 130 or 143.
 */
final class Stopping implements AutoCloseable {

    /** A statement is cancelled within moments; nobody is made to wait longer for a server that does not answer. */
    private static final int SECONDS_TO_END = 20;

    private volatile Runnable work = () -> {};
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::whenTold, "partita-stopping");
    private volatile boolean told;

    private Stopping() {}

    /** From here until closed the process does not end before the work has. */
    static Stopping begin() {
        Stopping stopping = new Stopping();
        Runtime.getRuntime().addShutdownHook(stopping.hook);
        return stopping;
    }

    /**
     * Says how the work that begins now is asked to end; asks at once if it is too late for it already.
     *
     * @param stop called on another thread, perhaps more than once
     */
    void by(Runnable stop) {
        work = stop;
        if (told) {
            stop.run();
        }
    }

    /** Whether the process has been told to end. */
    boolean told() {
        return told;
    }

    private void whenTold() {
        told = true;
        work.run();
        try {
            if (!ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        if (!told) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process has just been told to end; the hook finds the work ended.
                told = true;
            }
        }
    }
}
