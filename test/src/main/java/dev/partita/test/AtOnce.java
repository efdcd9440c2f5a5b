package dev.partita.test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lets several do the same at the same moment. */
public final class AtOnce {

    private AtOnce() {}

    /**
     * Does the work so many times on threads that set out together, and waits for all of them.
     *
     * @return what each made, in no particular order
     * @throws java.util.concurrent.ExecutionException with what the work threw, if it did
     */
    public static <T> List<T> times(int runners, Callable<T> work) throws Exception {
        CyclicBarrier together = new CyclicBarrier(runners);
        ExecutorService threads = Executors.newFixedThreadPool(runners);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < runners; i++) {
                futures.add(threads.submit(() -> {
                    together.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
