package dev.partita.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Measures time on the clock and on processors: of the server with all its processes, and of this one. */
final class Meter {

    /** What Linux counts in, whatever the kernel ticks in. */
    private static final double MILLISECONDS_A_TICK = 10;

    /** Work that may fail in any way. */
    interface Work {
        void run() throws Exception;
    }

    private final long postmaster;

    Meter(long postmaster) {
        this.postmaster = postmaster;
    }

    Cost of(Work work) throws Exception {
        long ticks = ticks();
        long begin = System.nanoTime();
        work.run();
        double took = (System.nanoTime() - begin) / 1e6;
        return new Cost(took, (ticks() - ticks) * MILLISECONDS_A_TICK);
    }

    private long ticks() throws IOException {
        try (Stream<ProcessHandle> server =
                ProcessHandle.of(postmaster).stream().flatMap(one -> Stream.concat(Stream.of(one), one.children()))) {
            long sum = 0;
            for (long pid : Stream.concat(
                            server.map(ProcessHandle::pid),
                            Stream.of(ProcessHandle.current().pid()))
                    .toList()) {
                sum += ticks(pid);
            }
            return sum;
        }
    }

    /** Of a process, and of its children that have ended. */
    private static long ticks(long pid) throws IOException {
        try {
            String line = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            // The name, in parentheses, may contain spaces; what follows counts from the third field.
            List<String> fields =
                    List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
            return fields.subList(11, 15).stream().mapToLong(Long::parseLong).sum();
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            // A process that ends while it is read says so in words.
            if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("no such process")) {
                return 0;
            }
            throw e;
        }
    }
}
