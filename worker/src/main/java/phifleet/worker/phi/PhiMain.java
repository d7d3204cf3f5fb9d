package phifleet.worker.phi;

import phifleet.inference.hub.remote.HubException;
import phifleet.inference.model.ModelException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command {@code phi}, for people at a terminal. Exit codes: 0 where all was done, 1 where a model cannot be served as it is or a
 * fleet does not do what it is asked for, 2 for words that are not understood, 3 where an equation is not valid, and those of {@link HubException.Reason}.
 */
@Command(
        name = "phi",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            FleetCommand.class,
            ModelsCommand.class,
            ValidateCommand.class,
            EmbedCommand.class,
            PredictCommand.class,
            SearchCommand.class,
            ScriptCommands.Ingest.class,
            ScriptCommands.Bench.class,
            DemandCommand.class,
            CalibrateCommand.class,
            WorkerCommands.Cordon.class,
            WorkerCommands.Drain.class,
            WorkerCommands.Resume.class,
            CompletionCommand.class
        },
        footer = {
            "",
            "ingest and bench are scripts/ingest and scripts/benchmark, with words of their own beside these.",
            "Exit codes: 0 done, 1 refused, or nobody answers, 2 words that are not understood, 3 an equation that is not valid."
        })
public final class PhiMain {
    // Picocli itself reads it.
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this text.")
    private boolean help;

    private PhiMain() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    public static int run(String... arguments) {
        return command().execute(arguments);
    }

    /** All of it, for whoever prints elsewhere. */
    public static CommandLine command() {
        return new CommandLine(new PhiMain()).setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(failure.getMessage());
            return switch (failure) {
                case HubException reason -> reason.reason().exitCode();
                case ModelException reason -> 1;
                case FleetClient.Refusal reason -> 1;
                default -> throw failure;
            };
        });
    }
}
