package phifleet.inference.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import phifleet.inference.ServedModel;
import phifleet.inference.engine.Engines;
import phifleet.inference.hub.FolderWishes;
import phifleet.inference.hub.HubModels;
import phifleet.inference.hub.KnownModel;
import phifleet.inference.hub.TextModelFolder;
import phifleet.inference.hub.remote.Hub;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.hub.remote.HubName;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.serving.BatchMemory;
import phifleet.inference.serving.Devices;
import phifleet.inference.serving.LaneObservers;
import phifleet.inference.serving.ResidentModel;
import phifleet.inference.serving.TextLoader;
import phifleet.inference.text.Reranker;
import phifleet.inference.text.SentenceEncoder;

/**
 * The models of texts of one program, all on the same threads of its devices. One is enough for a program. Thread-safe; models load
 * one after another, each on the thread that asks for it.
 */
public final class LocalModels implements AutoCloseable {
    private final TextLoader loader;
    private final Devices devices;
    private final HubModels hub;
    private final List<ResidentModel> open = new CopyOnWriteArrayList<>();

    /** Makes the engines ready. */
    public LocalModels(LocalSettings settings) throws ModelException {
        this(settings, new Engines(settings.engines()));
    }

    LocalModels(LocalSettings settings, Engines engines) {
        this.devices = new Devices(settings.lanes(), Runtime.getRuntime().availableProcessors());
        this.loader = new TextLoader(
                engines,
                settings.lanes(),
                new BatchMemory(settings.engines().cache(), System::nanoTime),
                LaneObservers.NONE,
                devices);
        this.hub = new HubModels(new Hub(settings.hub(), settings.progress()));
    }

    /** With {@link LocalSettings#usual()}. */
    public static LocalModels open() throws ModelException, HubException {
        return new LocalModels(LocalSettings.usual());
    }

    /**
     * Loads the sentence encoder of a folder.
     *
     * @throws ModelException with the file that is missing or says what is not supported, or if the folder's model is another
     */
    public LocalEncoder encoder(Path folder) throws ModelException {
        return encoder(spec(folder));
    }

    /**
     * Loads a sentence encoder by its name: one that comes with this library, else {@code owner/name[@revision]} from the cache of
     * the Hub's tools, else from the Hub.
     *
     * @throws HubException if it cannot be had
     */
    public LocalEncoder encoder(String name) throws ModelException, HubException, InterruptedException {
        return encoder(spec(name));
    }

    /** Loads a sentence encoder with all that may be set of one. */
    public LocalEncoder encoder(ModelSpec spec) throws ModelException {
        ResidentModel loaded = load(spec);
        return new LocalEncoder(served(loaded, SentenceEncoder.class), () -> close(loaded));
    }

    /** Loads the model of a folder that scores how well texts answer a query. */
    public LocalReranker reranker(Path folder) throws ModelException {
        return reranker(spec(folder));
    }

    /** The same by its name, as {@link #encoder(String)} has it. */
    public LocalReranker reranker(String name) throws ModelException, HubException, InterruptedException {
        return reranker(spec(name));
    }

    /** The same with all that may be set of one. */
    public LocalReranker reranker(ModelSpec spec) throws ModelException {
        ResidentModel loaded = load(spec);
        return new LocalReranker(served(loaded, Reranker.class), () -> close(loaded));
    }

    /** What a folder says of its model, to be changed before it is loaded. */
    public static ModelSpec spec(Path folder) throws ModelException {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return TextModelFolder.read(folder, FolderWishes.NONE, null, null, name == null ? "model" : name.toString());
    }

    /** What the model of a name is, got where it is not here. */
    public ModelSpec spec(String name) throws ModelException, HubException, InterruptedException {
        Optional<EmbeddedModel> embedded = EmbeddedModel.find(name);
        if (embedded.isPresent()) {
            return embedded.get().spec();
        }
        HubName parsed = HubName.parse(name);
        return TextModelFolder.read(
                hub.folder(parsed, FolderWishes.NONE),
                FolderWishes.NONE,
                KnownModel.find(parsed.id()).orElse(null),
                null,
                parsed.id());
    }

    private synchronized ResidentModel load(ModelSpec spec) throws ModelException {
        ResidentModel loaded = loader.load(spec, spec.texts());
        open.add(loaded);
        return loaded;
    }

    private <T extends ServedModel> T served(ResidentModel loaded, Class<T> kind) throws ModelException {
        if (kind.isInstance(loaded.served())) {
            return kind.cast(loaded.served());
        }
        close(loaded);
        throw new ModelException(loaded.id() + " is a "
                + loaded.served().description().task().label() + ", which is no "
                + (kind == SentenceEncoder.class ? "sentence encoder" : "reranker"));
    }

    private void close(ResidentModel model) {
        if (open.remove(model)) {
            model.close();
        }
    }

    /** Closes the models that are still open, and ends the threads. What was asked and not answered fails. */
    @Override
    public void close() {
        open.forEach(this::close);
        devices.close();
    }
}
