package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phifleet.protocol.ModelStreamInferResponse;

/** What a stream gave, in its order: messages, and at last a {@link Status}. */
public final class GrpcAnswers implements StreamObserver<MessageLite> {
    private final BlockingQueue<Object> all = new LinkedBlockingQueue<>();

    @Override
    public void onNext(MessageLite value) {
        all.add(value);
    }

    @Override
    public void onError(Throwable failure) {
        all.add(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        all.add(Status.OK);
    }

    public ModelStreamInferResponse next() throws InterruptedException {
        Object next = any();
        assertThat(next).isInstanceOf(ModelStreamInferResponse.class);
        return (ModelStreamInferResponse) next;
    }

    public Object any() throws InterruptedException {
        @Nullable Object next = all.poll(60, TimeUnit.SECONDS);
        assertThat(next).as("an answer").isNotNull();
        return Objects.requireNonNull(next);
    }
}
