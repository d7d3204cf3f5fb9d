package phifleet.benchmark.ingest;

import java.io.PrintStream;
import java.time.Duration;

/** Tells people and scripts how far a run is: a line for a terminal, and metrics every so often. */
record IngestProgress(PrintStream terminal, PrintStream metrics, boolean isTerminal, int reportSeconds) {
    private static final Duration TICK = Duration.ofMillis(500);

    /** Until it is interrupted. */
    void follow(Run run) {
        long next = System.nanoTime() + Duration.ofSeconds(reportSeconds).toNanos();
        try {
            while (true) {
                Thread.sleep(TICK);
                if (isTerminal) {
                    terminal.print("\r" + run.line() + "\u001b[K");
                    terminal.flush();
                }
                if (System.nanoTime() - next >= 0) {
                    next += Duration.ofSeconds(reportSeconds).toNanos();
                    if (!isTerminal) {
                        terminal.println(run.line());
                    }
                    metrics.print(run.report().metrics());
                    metrics.flush();
                }
            }
        } catch (InterruptedException e) {
            if (isTerminal) {
                terminal.println();
            }
        }
    }
}
