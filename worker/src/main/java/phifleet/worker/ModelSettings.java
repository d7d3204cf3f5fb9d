package phifleet.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phifleet.common.settings.SettingsReader;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.hub.FolderWishes;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.hub.remote.HubName;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.ModelSpec;
import phifleet.worker.residence.Shelf;

/**
 * The models that a worker is to serve, from {@code models.yaml} or from the worker's own settings. The first is the default.
 *
 * @param found each in the newest version that can be read
 * @param dormant those that are loaded when a request names them; of both together there is at least one
 */
record ModelSettings(List<Shelf.Found> found, List<Shelf.Dormant> dormant) {
    ModelSettings {
        found = List.copyOf(found);
        dormant = List.copyOf(dormant);
    }

    List<ModelSpec> models() {
        return found.stream().map(Shelf.Found::spec).toList();
    }

    /** Where a model's folder is, by its name. */
    @FunctionalInterface
    interface HubFolders {
        Path folder(HubName name, FolderWishes wishes) throws HubException, InterruptedException;
    }

    /** The embedded model alone. */
    static ModelSettings embedded() {
        return new ModelSettings(List.of(Shelf.Found.only(EmbeddedModel.ALL_MINILM_L6_V2.spec())), List.of());
    }

    /**
     * Opens a file with a list {@code models}.
     *
     * @param isTheWorkers whether the file's other keys are a worker's settings, which are read elsewhere
     */
    static SettingsReader reader(Path file, boolean isTheWorkers) {
        SettingsReader reader = SettingsReader.of(file, "", Map.of());
        if (isTheWorkers) {
            reader.root().leaveAllBut("models");
        }
        return reader;
    }

    /**
     * Reads the list {@code models}; an empty one means the embedded model.
     *
     * @param base what relative paths are relative to
     * @param hub gets models that are asked for by their names
     * @throws HubException if one of these cannot be had
     */
    static ModelSettings read(SettingsReader reader, Path base, HubFolders hub)
            throws HubException, InterruptedException {
        List<Shelf.Found> all = new ArrayList<>();
        List<Shelf.Dormant> dormant = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SettingsSection section : reader.root().sections("models")) {
            ModelEntry entry = ModelEntry.of(section, base, hub);
            OnDemandSettings demand = OnDemandSettings.read(section);
            if (demand.onDemand()) {
                Shelf.Dormant model = entry.dormant(demand);
                dormant.add(model);
                requireFree(section, model.id(), model.aliases(), names);
                continue;
            }
            Shelf.Found found = entry.read();
            if (found != null) {
                all.add(found);
                requireFree(section, found.spec().id(), found.spec().aliases(), names);
            }
        }
        return all.isEmpty() && dormant.isEmpty() ? embedded() : new ModelSettings(all, dormant);
    }

    private static void requireFree(SettingsSection section, String id, List<String> aliases, Set<String> taken) {
        List<String> own = new ArrayList<>(aliases);
        own.add(id);
        for (String name : own) {
            if (!taken.add(name)) {
                section.mistake("id", name, "another model has this name");
            }
        }
    }
}
