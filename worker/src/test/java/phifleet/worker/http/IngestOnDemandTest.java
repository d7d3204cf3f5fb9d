package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.common.CopyWishes;
import phifleet.common.Problem;
import phifleet.inference.Catalogue;
import phifleet.worker.http.state.OnDemand;
import phifleet.worker.http.state.WorkerState;

/** Images for models that are loaded on demand. */
class IngestOnDemandTest {
    @TempDir
    Path folder;

    private IndexUnderTest index;
    private final Demand demand = new Demand();

    /** Has the models serve soon after they are asked for, or never. */
    private final class Demand implements OnDemand {
        final ConcurrentLinkedQueue<String> called = new ConcurrentLinkedQueue<>();
        volatile boolean broken;

        @Override
        public Optional<Call> call(String name, long deadlineNanos) {
            called.add(name);
            if (broken) {
                return Optional.of(
                        new Call.Refused(Problem.of(424, "model_corrupt", "the model cannot be loaded", null)));
            }
            CompletableFuture<Void> done = new CompletableFuture<>();
            CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(() -> {
                index.worker.state.set(WorkerState.ready(SeeingModels.catalogue()));
                done.complete(null);
            });
            return Optional.of(new Call.Coming(name, done, Duration.ZERO, false));
        }

        @Override
        public Optional<String> ofKind(String kind) {
            return switch (kind) {
                case "image-encoder" -> Optional.of("seer");
                case "detector" -> Optional.of("finder");
                default -> Optional.empty();
            };
        }

        @Override
        public List<Standing> standings() {
            return List.of();
        }

        @Override
        public Memory memory() {
            return new Memory(0, 0);
        }

        @Override
        public void wish(CopyWishes wishes) {}
    }

    @BeforeEach
    void start() {
        index = new IndexUnderTest(folder);
        index.worker.state.set(new WorkerState(WorkerState.Phase.READY, "", new Catalogue(List.of()), demand));
    }

    @AfterEach
    void stop() {
        index.close();
    }

    @Test
    void form_ofImages_waitsForItsModels() {
        JsonNode answer = index.ingested(
                "",
                new ImageForm()
                        .file("a.png", SeeingModels.png(1))
                        .file("b.png", SeeingModels.png(2))
                        .whole(),
                ImageForm.TYPE);
        assertThat(answer.at("/processed").asInt()).isEqualTo(2);
        assertThat(demand.called).isNotEmpty().allMatch(name -> name.equals("seer"));
    }

    @Test
    void imageAlone_andASearch_waitToo() {
        assertThat(index.ingest(SeeingModels.png(1)).at("/processed").asInt()).isEqualTo(1);
        index.worker.state.set(new WorkerState(WorkerState.Phase.READY, "", new Catalogue(List.of()), demand));
        assertThat(index.search("{\"labels\":[\"nothing\"]}").has("results")).isTrue();
    }

    @Test
    void index_whoseEncoderLoads_saysWhenToAskAgain() {
        HttpResponse<String> loading = index.worker.get("/index");
        assertThat(loading.statusCode()).as(loading.body()).isEqualTo(503);
        assertThat(loading.headers().firstValue("Retry-After")).contains("1");
        assertThat(demand.called).contains("seer");
    }

    @Test
    void image_whoseModelCannotBeLoaded_failsWithItsReason() {
        demand.broken = true;
        JsonNode answer = index.ingest(SeeingModels.png(1));
        assertThat(answer.at("/processed").asInt()).isZero();
        assertThat(answer.at("/errors/0/reason").asText()).contains("cannot be loaded");
    }
}
