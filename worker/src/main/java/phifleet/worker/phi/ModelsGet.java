package phifleet.worker.phi;

import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phifleet.inference.hub.FolderWishes;
import phifleet.inference.hub.HubModels;
import phifleet.inference.hub.KnownModel;
import phifleet.inference.hub.TextModelFolder;
import phifleet.inference.hub.remote.Hub;
import phifleet.inference.hub.remote.HubName;
import phifleet.inference.hub.remote.HubSettings;
import phifleet.inference.model.ModelSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Gets a model by its name, reads what its files say, and prints where it is. */
@Command(
        name = "get",
        description = {
            "Gets a model from the Hub into its tools' own cache, and prints its folder.",
            "Only what is not there yet is fetched: the settings, the tokeniser and one set of weights.",
            "HF_HOME, HF_HUB_CACHE, HF_TOKEN, HF_ENDPOINT and HF_HUB_OFFLINE are heeded."
        })
final class ModelsGet implements Callable<Integer> {
    @ParentCommand
    private @Nullable ModelsCommand parent;

    @Parameters(paramLabel = "NAME[@REVISION]", description = "such as BAAI/bge-m3")
    private String name = "";

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "fp32, fp16, bf16, int8 or int4, where there are several")
    private @Nullable String precision;

    @Option(names = "--weights", paramLabel = "FILE", description = "the file of weights, such as onnx/model_fp16.onnx")
    private @Nullable Path weights;

    @Override
    public Integer call() throws Exception {
        HubSettings settings = HubSettings.of(System.getenv(), Path.of(System.getProperty("user.home")));
        // Java knows of its standard output alone whether it is one; scripts/phi looks at the error stream.
        boolean terminal = Boolean.getBoolean("phi.terminal");
        Hub hub = new Hub(settings, new ProgressBar(System.err, terminal, System::nanoTime));
        FolderWishes wishes = new FolderWishes(null, weights, null, precision, null, null, OptionalInt.empty());
        HubName wanted = HubName.parse(name);
        Path folder =
                settings.offline() ? new HubModels(hub).folder(wanted, wishes) : new HubModels(hub).get(wanted, wishes);
        FolderWishes here = new FolderWishes(
                null,
                weights == null ? null : folder.resolve(weights),
                null,
                precision,
                null,
                null,
                OptionalInt.empty());
        ModelSpec read =
                TextModelFolder.read(folder, here, KnownModel.find(wanted.id()).orElse(null), null, wanted.id());
        read.texts().recipe().decisions().forEach(System.err::println);
        Objects.requireNonNull(parent).print(folder);
        return 0;
    }
}
