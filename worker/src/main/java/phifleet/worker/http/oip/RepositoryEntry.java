package phifleet.worker.http.oip;

import java.util.ArrayList;
import java.util.List;
import phifleet.inference.ServedModel;
import phifleet.worker.http.state.ModelRepository;
import phifleet.worker.http.state.WorkerView;

/**
 * A model in the index of the repository.
 *
 * @param version empty where none is served
 * @param state in Triton's words
 * @param reason why it is not served; empty where it is
 */
record RepositoryEntry(String name, String version, String state, String reason) {

    /** The models that are served, and those that could be. */
    static List<RepositoryEntry> index(WorkerView worker, boolean readyAlone) {
        List<RepositoryEntry> index = new ArrayList<>();
        for (ServedModel model : worker.state().models().all()) {
            index.add(new RepositoryEntry(
                    model.description().id(), model.description().version(), "READY", ""));
        }
        if (!readyAlone) {
            for (ModelRepository.Entry entry : worker.repository().absent()) {
                index.add(new RepositoryEntry(
                        entry.name(), "", entry.loading() ? "LOADING" : "UNAVAILABLE", entry.reason()));
            }
        }
        return index;
    }
}
