package phifleet.inference.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import phifleet.inference.hub.remote.Hub;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.hub.remote.HubFile;
import phifleet.inference.hub.remote.HubListing;
import phifleet.inference.hub.remote.HubName;
import phifleet.inference.model.ModelException;

/**
 * Sentence encoders by their names on the Hub, as folders in its tools' own cache. Blocks; thread-safe.
 *
 * <p>A model that is whole in the cache is taken from there without a request. It is known to be whole where the cache also
 * remembers which files the model does not have, as it does after a download by this class; otherwise the Hub is asked, for a folder
 * that lacks, say, its {@code modules.json} would be read for another model.
 */
public final class HubModels {
    private final Hub hub;

    public HubModels(Hub hub) {
        this.hub = hub;
    }

    /**
     * The folder of a model: from the cache if it is whole there, else got.
     *
     * @param wishes which weights, where there are several; a path is relative to the model's folder
     */
    public Path folder(HubName name, FolderWishes wishes) throws HubException, InterruptedException {
        Optional<Path> snapshot = hub.snapshot(name);
        if (snapshot.isPresent()) {
            boolean usable = hasNeeded(snapshot.get(), wishes);
            boolean whole = usable
                    && NeededFiles.TELLING.stream()
                            .allMatch(file -> Files.exists(snapshot.get().resolve(file))
                                    || hub.isKnownAbsent(name, snapshot.get(), file));
            if (whole) {
                return snapshot.get();
            }
            if (usable && hub.isOffline()) {
                hub.progress()
                        .says(name + " is taken as it is in " + snapshot.get()
                                + "; whether files are missing there cannot be told offline");
                return snapshot.get();
            }
        }
        return get(name, wishes);
    }

    /** Asks the Hub what the revision is today, and gets what is not here yet. */
    public Path get(HubName name, FolderWishes wishes) throws HubException, InterruptedException {
        HubListing listing = hub.list(name);
        Path root = Path.of(name.id());
        Map<Path, HubFile> all = new LinkedHashMap<>();
        listing.files().forEach(file -> all.put(root.resolve(file.path()), file));
        NeededFiles needed = new NeededFiles(
                new FileTree.Listed(all.keySet()),
                root,
                inside(root, wishes),
                path -> hub.blob(name, Optional.ofNullable(all.get(path)).orElseThrow()));
        List<HubFile> got = new ArrayList<>();
        try {
            for (Step step : STEPS) {
                List<HubFile> next = step.of(needed).stream()
                        .map(path -> Optional.ofNullable(all.get(path)).orElseThrow())
                        .filter(file -> !got.contains(file))
                        .toList();
                hub.fetch(name, listing, next);
                got.addAll(next);
            }
        } catch (ModelException e) {
            throw new HubException(HubException.Reason.UNSUITABLE, String.valueOf(e.getMessage()), e);
        }
        return hub.show(
                name,
                listing,
                got,
                NeededFiles.TELLING.stream()
                        .filter(path -> listing.file(path).isEmpty())
                        .toList());
    }

    private static final List<Step> STEPS =
            List.of(NeededFiles::settings, NeededFiles::modulesSettings, NeededFiles::weights, NeededFiles::behind);

    private interface Step {
        Set<Path> of(NeededFiles needed) throws ModelException;
    }

    private static boolean hasNeeded(Path snapshot, FolderWishes wishes) {
        FileTree disk = new FileTree.OnDisk();
        NeededFiles needed = new NeededFiles(disk, snapshot, inside(snapshot, wishes), path -> path);
        try {
            return needed.weights().stream().allMatch(disk::has)
                    && needed.behind().stream().allMatch(disk::has);
        } catch (ModelException e) {
            return false;
        }
    }

    private static FolderWishes inside(Path root, FolderWishes wishes) {
        return wishes.weights() == null
                ? wishes
                : new FolderWishes(
                        wishes.engine(),
                        root.resolve(wishes.weights()),
                        wishes.tokenizer(),
                        wishes.precision(),
                        wishes.pooling(),
                        wishes.output(),
                        wishes.maxTokens());
    }
}
