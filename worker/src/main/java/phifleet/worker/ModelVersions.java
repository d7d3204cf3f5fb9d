package phifleet.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.hub.VersionFolder;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.worker.residence.ModelFolders;
import phifleet.worker.residence.Shelf;

/**
 * The versions of an entry of {@code models.yaml}.
 *
 * @param folders the newest first
 */
record ModelVersions(List<VersionFolder> folders) {

    /** Reads the entry with one version's folder for its path; null where it is mistaken. */
    @FunctionalInterface
    interface Reading {
        @Nullable
        ModelSpec read(SettingsSection section, VersionFolder version) throws HubException, InterruptedException;
    }

    /** The newest that can be read; null where none can, and the section then has the newest one's mistakes. */
    Shelf.@Nullable Found newest(SettingsSection section, Reading reading) throws HubException, InterruptedException {
        List<Shelf.Fault> faults = new ArrayList<>();
        SettingsSection first = null;
        for (int i = 0; i < folders.size(); i++) {
            VersionFolder version = folders.get(i);
            SettingsSection trial = section.onTrial();
            ModelSpec spec = reading.read(trial, version);
            List<String> mistakes = trial.finishTrial();
            if (spec != null && mistakes.isEmpty()) {
                ModelVersions older = new ModelVersions(folders.subList(i + 1, folders.size()));
                return new Shelf.Found(
                        spec.as(version.number()),
                        ModelFolders.mark(version.path()).orElse(""),
                        faults,
                        () -> older.next(section, reading));
            }
            faults.add(new Shelf.Fault(version.number(), String.join("; ", mistakes)));
            first = first == null ? trial : first;
        }
        if (first != null) {
            section.accept(first);
        }
        return null;
    }

    private Optional<Shelf.Found> next(SettingsSection section, Reading reading)
            throws ModelException, InterruptedException {
        try {
            return Optional.ofNullable(newest(section, reading));
        } catch (HubException e) {
            throw new ModelException(String.valueOf(e.getMessage()), e);
        }
    }
}
