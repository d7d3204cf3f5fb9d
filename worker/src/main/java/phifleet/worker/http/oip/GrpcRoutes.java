package phifleet.worker.http.oip;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import phifleet.common.Problem;
import phifleet.http.Endpoint;
import phifleet.http.Route;
import phifleet.http.dialect.Dialects;
import phifleet.http.dialect.GrpcProblems;
import phifleet.http.endpoint.JsonPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.endpoint.WorkPool;
import phifleet.http.grpc.GrpcFrames;
import phifleet.http.grpc.GrpcPost;
import phifleet.http.grpc.GrpcStream;
import phifleet.inference.ServedModel;
import phifleet.protocol.ModelConfigRequest;
import phifleet.protocol.ModelMetadataRequest;
import phifleet.protocol.ModelReadyRequest;
import phifleet.protocol.ModelReadyResponse;
import phifleet.protocol.ModelStatisticsRequest;
import phifleet.protocol.RepositoryIndexRequest;
import phifleet.protocol.RepositoryModelLoadRequest;
import phifleet.protocol.RepositoryModelUnloadRequest;
import phifleet.protocol.ServerLiveResponse;
import phifleet.protocol.ServerMetadataResponse;
import phifleet.protocol.ServerReadyResponse;
import phifleet.worker.http.state.WorkerView;

/**
 * The calls of {@code inference.GRPCInferenceService}, a line each.
 *
 * @param pool for large messages
 */
public record GrpcRoutes(WorkerView worker, WorkPool pool) {
    private static final List<String> SHARED_MEMORY = List.of(
            "SystemSharedMemoryStatus",
            "SystemSharedMemoryRegister",
            "SystemSharedMemoryUnregister",
            "CudaSharedMemoryStatus",
            "CudaSharedMemoryRegister",
            "CudaSharedMemoryUnregister");

    public void addTo(BiConsumer<Route, Endpoint> router) {
        GrpcInference inference = new GrpcInference(worker, pool);
        OipModels models = new OipModels(worker);
        add(router, "ModelInfer", new GrpcPost(inference, JsonPost.INLINE_BYTES, pool));
        add(router, "ModelStreamInfer", GrpcStream.endpoint(inference, JsonPost.INLINE_BYTES, pool));
        answer(
                router,
                "ServerLive",
                () -> ServerLiveResponse.newBuilder().setLive(true).build());
        answer(
                router,
                "ServerReady",
                () -> ServerReadyResponse.newBuilder()
                        .setReady(worker.state().isReady())
                        .build());
        answer(router, "ServerMetadata", this::metadata);
        GrpcRepository repository = new GrpcRepository(worker);
        of(router, "RepositoryIndex", RepositoryIndexRequest.parser(), asked -> reply(repository.index(asked)));
        add(
                router,
                Route.Access.ADMIN,
                "RepositoryModelLoad",
                parsing("RepositoryModelLoad", RepositoryModelLoadRequest.parser(), repository::load));
        add(
                router,
                Route.Access.ADMIN,
                "RepositoryModelUnload",
                parsing("RepositoryModelUnload", RepositoryModelUnloadRequest.parser(), repository::unload));
        of(router, "ModelReady", ModelReadyRequest.parser(), asked -> {
            boolean ready = models.find(path(asked.getName(), asked.getVersion())) instanceof OipModels.Found.Model;
            return reply(ModelReadyResponse.newBuilder().setReady(ready).build());
        });
        of(
                router,
                "ModelMetadata",
                ModelMetadataRequest.parser(),
                asked -> model(models, path(asked.getName(), asked.getVersion()), GrpcModels::metadata));
        of(
                router,
                "ModelConfig",
                ModelConfigRequest.parser(),
                asked -> model(models, path(asked.getName(), asked.getVersion()), GrpcModels::config));
        of(
                router,
                "ModelStatistics",
                ModelStatisticsRequest.parser(),
                asked -> asked.getName().isEmpty()
                        ? reply(GrpcModels.statistics(worker.state().models().all()))
                        : model(
                                models,
                                path(asked.getName(), asked.getVersion()),
                                found -> GrpcModels.statistics(List.<ServedModel>of(found.served()))));
        SHARED_MEMORY.forEach(method -> refuse(router, method, SharedMemory.REFUSAL));
        refuse(router, "TraceSetting", unsupported("trace settings are"));
        refuse(router, "LogSettings", unsupported("log settings are"));
    }

    private static ModelPath path(String model, String version) {
        return new ModelPath(model, version, "");
    }

    private static Problem unsupported(String what) {
        return Problem.of(501, "not_supported", what + " not supported", null);
    }

    private static void add(BiConsumer<Route, Endpoint> router, String method, Endpoint endpoint) {
        add(router, Route.Access.KEY, method, endpoint);
    }

    private static void add(BiConsumer<Route, Endpoint> router, Route.Access access, String method, Endpoint endpoint) {
        router.accept(Route.call(Dialects.INFERENCE_SERVICE + method, access), endpoint);
    }

    private void post(BiConsumer<Route, Endpoint> router, String method, GrpcPost.Preparation preparation) {
        add(router, method, new GrpcPost(preparation, JsonPost.INLINE_BYTES, pool));
    }

    /** A call whose message says nothing that is looked at. */
    private void answer(BiConsumer<Route, Endpoint> router, String method, Supplier<MessageLite> message) {
        post(router, method, (exchange, ignored) -> reply(message.get()));
    }

    private void refuse(BiConsumer<Route, Endpoint> router, String method, Problem problem) {
        post(router, method, (exchange, ignored) -> new Reply.Refused(problem, GrpcProblems.SHAPE));
    }

    private <M> void of(
            BiConsumer<Route, Endpoint> router, String method, Parser<M> parser, Function<M, Reply> answer) {
        add(router, method, parsing(method, parser, answer));
    }

    private <M> Endpoint parsing(String method, Parser<M> parser, Function<M, Reply> answer) {
        GrpcPost.Preparation preparation = (exchange, message) -> {
            try {
                ByteString bytes = UnsafeByteOperations.unsafeWrap(message);
                return answer.apply(parser.parseFrom(bytes));
            } catch (InvalidProtocolBufferException e) {
                return new Reply.Refused(
                        GrpcEnvelope.malformed(method + "Request", e).problem(), GrpcProblems.SHAPE);
            }
        };
        return new GrpcPost(preparation, JsonPost.INLINE_BYTES, pool);
    }

    private static Reply model(OipModels models, ModelPath path, Function<OipModel, MessageLite> answer) {
        return switch (models.find(path)) {
            case OipModels.Found.Refused(Problem problem) -> new Reply.Refused(problem, GrpcProblems.SHAPE);
            case OipModels.Found.Absent absent -> new Reply.Refused(absent.problem(), GrpcProblems.SHAPE);
            case OipModels.Found.Model(OipModel model) -> reply(answer.apply(model));
        };
    }

    private static Reply reply(MessageLite message) {
        return exchange -> GrpcFrames.answer(exchange, GrpcInferAnswer.framed(message));
    }

    private MessageLite metadata() {
        return ServerMetadataResponse.newBuilder()
                .setName(ServerEndpoint.NAME)
                .setVersion(worker.identity().version())
                .addAllExtensions(ServerEndpoint.EXTENSIONS)
                .build();
    }
}
