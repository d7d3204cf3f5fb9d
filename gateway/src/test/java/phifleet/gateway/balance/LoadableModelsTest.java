package phifleet.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import phifleet.gateway.balance.LoadableModel.Nearness;

class LoadableModelsTest {
    private static Worker worker(String id, Nearness nearness, String... models) {
        Worker worker = Workers.worker(id, 8);
        List<LoadableModel> loadable = new ArrayList<>();
        for (String model : models) {
            loadable.add(new LoadableModel(model, model, "tensors", nearness));
        }
        worker.holds(List.of(), loadable);
        return worker;
    }

    private static String home(String model, List<Worker> workers, String... tried) {
        return new LoadableModels(workers)
                .home(model, worker -> !List.of(tried).contains(worker.card().id()))
                .map(worker -> worker.card().id())
                .orElse("nobody");
    }

    @Test
    void home_isWhereItLoads_elseWhereThereIsRoom_elseWhereItsFilesAre() {
        List<Worker> workers = new ArrayList<>(List.of(worker("far", Nearness.ABSENT, "m")));
        assertThat(home("m", workers)).isEqualTo("far");
        workers.add(worker("full", Nearness.CROWDED, "m"));
        assertThat(home("m", workers)).isEqualTo("full");
        workers.add(worker("free", Nearness.ROOM, "m"));
        assertThat(home("m", workers)).isEqualTo("free");
        workers.add(worker("loads", Nearness.LOADING, "m"));
        assertThat(home("m", workers)).isEqualTo("loads");
        assertThat(home("m", workers, "loads")).isEqualTo("free");
        assertThat(home("other", workers)).isEqualTo("nobody");
    }

    @Test
    void home_isTheSameForAll_andModelsAreSpreadOverTheWorkers() {
        String[] models = new String[600];
        for (int i = 0; i < models.length; i++) {
            models[i] = "model-" + i;
        }
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            workers.add(worker("worker-" + i, Nearness.ROOM, models));
        }
        List<Worker> others = new ArrayList<>(workers);
        Collections.shuffle(others, new Random(1));
        List<Worker> fewer = workers.subList(0, 5);
        LoadableModels one = new LoadableModels(workers);
        LoadableModels other = new LoadableModels(others);
        LoadableModels without = new LoadableModels(fewer);
        Map<String, Integer> counts = new HashMap<>();
        for (String model : models) {
            Worker home = one.home(model, all -> true).orElseThrow();
            assertThat(other.home(model, all -> true)).contains(home);
            counts.merge(home.card().id(), 1, Integer::sum);
            if (fewer.contains(home)) {
                assertThat(without.home(model, all -> true))
                        .as("only the models of a worker that went move")
                        .contains(home);
            }
        }
        assertThat(counts.values())
                .hasSize(6)
                .allSatisfy(count -> assertThat(count).isBetween(70, 130));
    }
}
