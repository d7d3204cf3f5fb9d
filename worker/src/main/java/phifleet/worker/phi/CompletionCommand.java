package phifleet.worker.phi;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a shell needs to complete the words of {@code phi}. */
@Command(
        name = "completion",
        description = {"Prints what bash and zsh need to complete these words: source <(phi completion)"})
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine own = Objects.requireNonNull(spec).commandLine();
        CommandLine phi = own.getParent();
        own.getOut().print(AutoComplete.bash(phi.getCommandName(), phi));
        own.getOut().flush();
        return 0;
    }
}
