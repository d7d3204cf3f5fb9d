package phifleet.worker.http.oip;

import com.google.protobuf.MessageLite;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.http.GrpcFrames;
import phifleet.http.Reply;
import phifleet.http.dialect.GrpcProblems;
import phifleet.http.json.BadBody;
import phifleet.protocol.ModelRepositoryParameter;
import phifleet.protocol.RepositoryIndexRequest;
import phifleet.protocol.RepositoryIndexResponse;
import phifleet.protocol.RepositoryModelLoadRequest;
import phifleet.protocol.RepositoryModelLoadResponse;
import phifleet.protocol.RepositoryModelUnloadRequest;
import phifleet.protocol.RepositoryModelUnloadResponse;
import phifleet.worker.http.state.WorkerView;

/** The models that are served and those that could be, over gRPC. */
record GrpcRepository(WorkerView worker) {

    RepositoryIndexResponse index(RepositoryIndexRequest asked) {
        RepositoryIndexResponse.Builder index = RepositoryIndexResponse.newBuilder();
        for (RepositoryEntry entry : RepositoryEntry.index(worker, asked.getReady())) {
            index.addModelsBuilder()
                    .setName(entry.name())
                    .setVersion(entry.version())
                    .setState(entry.state())
                    .setReason(entry.reason());
        }
        return index.build();
    }

    Reply load(RepositoryModelLoadRequest asked) {
        return change(
                new RepositoryPath(asked.getModelName(), RepositoryPath.Action.LOAD),
                asked.getParametersMap(),
                RepositoryModelLoadResponse.getDefaultInstance());
    }

    Reply unload(RepositoryModelUnloadRequest asked) {
        return change(
                new RepositoryPath(asked.getModelName(), RepositoryPath.Action.UNLOAD),
                asked.getParametersMap(),
                RepositoryModelUnloadResponse.getDefaultInstance());
    }

    private Reply change(RepositoryPath path, Map<String, ModelRepositoryParameter> parameters, MessageLite done) {
        try {
            String config = config(parameters, path.action());
            return exchange -> new RepositoryChanges(worker)
                    .make(
                            exchange,
                            path,
                            config,
                            GrpcProblems.SHAPE,
                            () -> GrpcFrames.answer(exchange, GrpcInferAnswer.framed(done)));
        } catch (BadBody e) {
            return new Reply.Refused(e.problem(), GrpcProblems.SHAPE);
        }
    }

    private static @Nullable String config(
            Map<String, ModelRepositoryParameter> parameters, RepositoryPath.Action action) throws BadBody {
        String config = null;
        for (Map.Entry<String, ModelRepositoryParameter> parameter : parameters.entrySet()) {
            RepositoryRequest.require(parameter.getKey(), action);
            if (parameter.getKey().equals(RepositoryRequest.CONFIG)) {
                config = parameter.getValue().getStringParam();
            }
        }
        return config == null || config.isEmpty() ? null : config;
    }
}
