package phifleet.worker.http;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import phifleet.protocol.ModelInferRequest;
import phifleet.protocol.ModelInferResponse;
import phifleet.protocol.ModelStreamInferResponse;

/** The client that gRPC's own makers give to Java. */
public final class GrpcClient implements AutoCloseable {
    private final ManagedChannel channel;
    private final Metadata metadata = new Metadata();
    private CallOptions options = CallOptions.DEFAULT;

    public GrpcClient(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        with("authorization", "Bearer k");
    }

    /** With a header of every call from now on, in place of the one of that name. */
    public GrpcClient with(String header, String value) {
        Metadata.Key<String> key = Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER);
        metadata.discardAll(key);
        metadata.put(key, value);
        return this;
    }

    GrpcClient compressing() {
        options = options.withCompression("gzip");
        return this;
    }

    GrpcClient within(long millis) {
        options = options.withDeadlineAfter(millis, TimeUnit.MILLISECONDS);
        return this;
    }

    /** Calls a method of the service. */
    @SuppressWarnings("unchecked")
    public <R extends MessageLite> R call(String method, MessageLite request, R kind) {
        return (R) ClientCalls.blockingUnaryCall(
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata)),
                descriptor(MethodDescriptor.MethodType.UNARY, method, request, kind),
                options,
                request);
    }

    public ModelInferResponse infer(ModelInferRequest request) {
        return call("ModelInfer", request, ModelInferResponse.getDefaultInstance());
    }

    /** How a call fails. */
    public Status failure(String method, MessageLite request, MessageLite kind) {
        try {
            call(method, request, kind);
            throw new AssertionError(method + " was answered");
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }

    public Status failure(ModelInferRequest request) {
        return failure("ModelInfer", request, ModelInferResponse.getDefaultInstance());
    }

    /** Opens a stream. */
    public StreamObserver<MessageLite> stream(StreamObserver<MessageLite> answers) {
        return ClientCalls.asyncBidiStreamingCall(
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata))
                        .newCall(
                                descriptor(
                                        MethodDescriptor.MethodType.BIDI_STREAMING,
                                        "ModelStreamInfer",
                                        ModelInferRequest.getDefaultInstance(),
                                        ModelStreamInferResponse.getDefaultInstance()),
                                options),
                answers);
    }

    private static MethodDescriptor<MessageLite, MessageLite> descriptor(
            MethodDescriptor.MethodType type, String method, MessageLite request, MessageLite answer) {
        return MethodDescriptor.<MessageLite, MessageLite>newBuilder()
                .setType(type)
                .setFullMethodName(method.contains("/") ? method : "inference.GRPCInferenceService/" + method)
                .setRequestMarshaller(new Marshaller(request))
                .setResponseMarshaller(new Marshaller(answer))
                .build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private record Marshaller(MessageLite kind) implements MethodDescriptor.Marshaller<MessageLite> {
        @Override
        public InputStream stream(MessageLite value) {
            return new ByteArrayInputStream(value.toByteArray());
        }

        @Override
        public MessageLite parse(InputStream stream) {
            try {
                return kind.getParserForType().parseFrom(stream.readAllBytes());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalArgumentException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
