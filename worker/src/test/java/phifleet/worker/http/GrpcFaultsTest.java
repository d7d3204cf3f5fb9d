package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import phifleet.inference.Catalogue;
import phifleet.protocol.ModelInferRequest;
import phifleet.protocol.RepositoryModelLoadRequest;
import phifleet.protocol.RepositoryModelLoadResponse;
import phifleet.worker.http.state.WorkerState;

/** What callers of a gateway see of a worker that goes. */
class GrpcFaultsTest {

    @Test
    void worker_thatDiesUnderAStream_endsItAsUnavailable() throws Exception {
        BothPrograms both = new BothPrograms();
        try (GrpcClient client = new GrpcClient(both.callPorts().getLast())) {
            both.worker.state.set(WorkerState.ready(new Catalogue(ExampleModels.with(both.worker.encoder))));
            GrpcAnswers answers = new GrpcAnswers();
            StreamObserver<MessageLite> requests = client.stream(answers);
            requests.onNext(
                    ModelInferRequest.newBuilder().setModelName("nobody").build());
            assertThat(answers.next().getErrorMessage()).contains("does not exist");
            both.worker.close();
            assertThat(answers.any())
                    .isInstanceOfSatisfying(
                            Status.class, status -> assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE));
            assertThat(client.failure(ModelInferRequest.newBuilder()
                                    .setModelName("simple")
                                    .build())
                            .getCode())
                    .isEqualTo(Status.Code.UNAVAILABLE);
        } finally {
            both.close();
        }
    }

    @Test
    void worker_thatDrains_endsStreamsThatWaitForNothing() throws Exception {
        BothPrograms both = new BothPrograms();
        try (GrpcClient client = new GrpcClient(both.callPorts().getFirst())) {
            GrpcAnswers answers = new GrpcAnswers();
            StreamObserver<MessageLite> requests = client.stream(answers);
            requests.onNext(
                    ModelInferRequest.newBuilder().setModelName("nobody").build());
            answers.next();
            both.worker.state.updateAndGet(
                    state -> new WorkerState(WorkerState.Phase.DRAINING, "it stops", state.models()));
            assertThat(answers.any())
                    .isInstanceOfSatisfying(
                            Status.class, status -> assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE));
            both.worker.awaitIdle();
        } finally {
            both.close();
        }
    }

    @Test
    void repository_isNotThereWithoutAnAdminKey() {
        RepositoryModelLoadRequest load = RepositoryModelLoadRequest.newBuilder()
                .setModelName("fake-model")
                .build();
        BothPrograms both = new BothPrograms();
        try {
            for (int port : both.callPorts()) {
                try (GrpcClient client = new GrpcClient(port)) {
                    Status refused = client.failure(
                            "RepositoryModelLoad", load, RepositoryModelLoadResponse.getDefaultInstance());
                    assertThat(refused.getCode()).isEqualTo(Status.Code.NOT_FOUND);
                }
            }
        } finally {
            both.close();
        }
    }

    @Test
    void stream_atItsDeadline_ends() throws Exception {
        BothPrograms both = new BothPrograms();
        try (GrpcClient client = new GrpcClient(both.callPorts().getLast())) {
            GrpcAnswers answers = new GrpcAnswers();
            client.within(TimeUnit.SECONDS.toMillis(1)).stream(answers);
            assertThat(answers.any())
                    .isInstanceOfSatisfying(
                            Status.class,
                            status -> assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
            both.worker.awaitIdle();
        } finally {
            both.close();
        }
    }
}
