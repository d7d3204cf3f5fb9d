package phifleet.benchmark.ingest;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code scripts/ingest}: a folder of images into the index of a fleet, or two reports side by side. */
public final class IngestMain {
    private static final int SOME_FAILED = 1;
    private static final int WRONG_COMMAND = 2;
    private static final int ENDED_EARLY = 3;

    /** What was sent when a signal comes may still be answered for so long. */
    private static final long FAREWELL_SECONDS = 60;

    private IngestMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 0 && arguments[0].equals("compare")) {
            if (arguments.length != 3) {
                return wrong("compare takes two reports");
            }
            System.out.print(IngestReport.compare(
                    IngestReport.read(Path.of(arguments[1])), IngestReport.read(Path.of(arguments[2]))));
            return 0;
        }
        IngestFlags options;
        try {
            options = IngestFlags.parse(arguments, System.getenv());
        } catch (IngestFlags.Mistake e) {
            return wrong(String.valueOf(e.getMessage()));
        }
        if (!Files.isDirectory(options.folder())) {
            return wrong(options.folder() + " is no folder");
        }
        return ingest(options);
    }

    private static int ingest(IngestFlags options) throws IOException, InterruptedException {
        Run run = new Run(options);
        CountDownLatch told = new CountDownLatch(1);
        // SIGINT and SIGTERM: what is in hand is answered and told.
        Thread end = new Thread(() -> {
            run.stop();
            try {
                told.await(FAREWELL_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(end);
        IngestReport report;
        try {
            @Nullable Path file = options.report();
            boolean alone = IngestFlags.STANDARD_OUTPUT.equals(file);
            report = run.run(new IngestProgress(
                    System.err, alone ? System.err : System.out, isAtTerminal(), options.reportSeconds()));
            System.err.println(run.line());
            System.out.print(alone ? report.json() + "\n" : report.metrics());
            System.out.flush();
            if (file != null && !alone) {
                Files.writeString(file, report.json());
            }
        } finally {
            told.countDown();
        }
        if (run.stoppedEarly()) {
            return ENDED_EARLY;
        }
        return report.figures().getOrDefault("errors", 0.0) > 0 ? SOME_FAILED : 0;
    }

    private static int wrong(String message) {
        System.err.println(message + "\n" + IngestFlags.USAGE);
        return WRONG_COMMAND;
    }

    @SuppressWarnings("SystemConsoleNull") // null is not taken for an answer: the console is asked too
    private static boolean isAtTerminal() {
        @Nullable Console console = System.console();
        return console != null && console.isTerminal();
    }
}
