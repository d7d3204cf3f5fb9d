package phifleet.worker.phi;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** What {@code scripts/phi} hands to other scripts with all its words, and never comes here: for help and completion, which know it from this. */
@SuppressWarnings("UnusedVariable")
abstract class ScriptCommands implements Callable<Integer> {
    private final String script;

    @Unmatched
    private List<String> others = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    private ScriptCommands(String script) {
        this.script = script;
    }

    @Override
    public Integer call() {
        Objects.requireNonNull(spec)
                .commandLine()
                .getErr()
                .println("this is " + script + ", which scripts/phi leads to");
        return ExitCode.USAGE;
    }

    @Command(name = "ingest", description = "Sends a folder of images into the index: scripts/ingest -dir FOLDER.")
    static final class Ingest extends ScriptCommands {
        @Mixin
        private Connection fleet = new Connection();

        Ingest() {
            super("scripts/ingest");
        }
    }

    @Command(name = "bench", description = "Holds frameworks against each other: scripts/benchmark.")
    static final class Bench extends ScriptCommands {
        @Option(names = "--json", description = "prints the answer as JSON, and nothing else")
        private boolean json;

        @Parameters(
                arity = "0..1",
                paramLabel = "WORD",
                completionCandidates = BenchWords.class,
                description = "${COMPLETION-CANDIDATES}")
        private @Nullable String word;

        Bench() {
            super("scripts/benchmark");
        }
    }

    /** What the script does. */
    static final class BenchWords extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        BenchWords() {
            super(List.of("run", "one", "convert", "validate", "report", "compare"));
        }
    }
}
