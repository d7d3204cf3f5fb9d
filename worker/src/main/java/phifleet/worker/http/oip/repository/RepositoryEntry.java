package phifleet.worker.http.oip.repository;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phifleet.inference.ServedModel;
import phifleet.worker.http.state.ModelRepository;
import phifleet.worker.http.state.WorkerView;

/**
 * A model in the index of the repository.
 *
 * @param version empty where none is meant
 * @param state in Triton's words
 * @param reason why it is not served; empty where it is
 * @param golden what its answers are held against; empty where nothing is known of them
 */
public record RepositoryEntry(String name, String version, String state, String reason, String golden) {

    /** The models that are served, those that could be, and versions that could not be had. */
    public static List<RepositoryEntry> index(WorkerView worker, boolean readyAlone) {
        List<RepositoryEntry> index = new ArrayList<>();
        Map<String, String> ready = new HashMap<>();
        for (ServedModel model : worker.state().models().all()) {
            String name = model.description().id();
            String version = model.description().version();
            ready.put(name, version);
            index.add(new RepositoryEntry(name, version, "READY", "", golden(worker, name)));
        }
        if (!readyAlone) {
            for (ModelRepository.Entry entry : worker.repository().absent()) {
                String served = ready.get(entry.name());
                // A version is one thing here: where its files are no good any more, and it serves all the same, it is
                // ready.
                if (served == null
                        || !(entry.version().isEmpty() || entry.version().equals(served))) {
                    index.add(new RepositoryEntry(entry.name(), entry.version(), entry.state(), entry.reason(), ""));
                }
            }
        }
        return index;
    }

    private static String golden(WorkerView worker, String name) {
        return worker.repository()
                .golden(name)
                .map(ModelRepository.Golden::line)
                .orElse("");
    }
}
