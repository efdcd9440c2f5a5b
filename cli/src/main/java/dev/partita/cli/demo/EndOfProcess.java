package dev.partita.cli.demo;

/** Hears that the process is told to end, by Ctrl+C or a signal, until it is closed. */
final class EndOfProcess implements AutoCloseable {

    private final Thread hook;

    private EndOfProcess(Thread hook) {
        this.hook = hook;
    }

    /** @param farewell what is done on another thread before the process ends */
    static EndOfProcess heard(Runnable farewell) {
        Thread hook = new Thread(farewell, "partita-demo-farewell");
        Runtime.getRuntime().addShutdownHook(hook);
        return new EndOfProcess(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The farewell has begun, and will be said to its end.
            hook.setName("partita-demo-farewell, at work");
        }
    }
}
