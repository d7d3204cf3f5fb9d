package phifleet.worker.http.oip;

import com.google.protobuf.MessageLite;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetChange;
import phifleet.common.Problem;
import phifleet.http.dialect.GrpcProblems;
import phifleet.http.endpoint.Reply;
import phifleet.http.grpc.GrpcFrames;
import phifleet.http.json.BadBody;
import phifleet.protocol.ModelRepositoryParameter;
import phifleet.protocol.ModelRepositoryParameter.ParameterChoiceCase;
import phifleet.protocol.RepositoryIndexRequest;
import phifleet.protocol.RepositoryIndexResponse;
import phifleet.protocol.RepositoryModelLoadRequest;
import phifleet.protocol.RepositoryModelLoadResponse;
import phifleet.protocol.RepositoryModelUnloadRequest;
import phifleet.protocol.RepositoryModelUnloadResponse;
import phifleet.worker.http.oip.repository.RepositoryChanges;
import phifleet.worker.http.oip.repository.RepositoryEntry;
import phifleet.worker.http.oip.repository.RepositoryPath;
import phifleet.worker.http.oip.repository.RepositoryRequest;
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
                new RepositoryPath(asked.getModelName(), FleetChange.Action.LOAD),
                asked.getParametersMap(),
                RepositoryModelLoadResponse.getDefaultInstance());
    }

    Reply unload(RepositoryModelUnloadRequest asked) {
        return change(
                new RepositoryPath(asked.getModelName(), FleetChange.Action.UNLOAD),
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

    private static @Nullable String config(Map<String, ModelRepositoryParameter> parameters, FleetChange.Action action)
            throws BadBody {
        String config = null;
        for (Map.Entry<String, ModelRepositoryParameter> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            RepositoryRequest.require(name, action);
            if (name.equals(RepositoryRequest.CONFIG)) {
                config = require(name, parameter.getValue(), ParameterChoiceCase.STRING_PARAM)
                        .getStringParam();
            } else {
                require(name, parameter.getValue(), ParameterChoiceCase.BOOL_PARAM);
            }
        }
        return config == null || config.isEmpty() ? null : config;
    }

    private static ModelRepositoryParameter require(
            String name, ModelRepositoryParameter parameter, ParameterChoiceCase type) throws BadBody {
        if (parameter.getParameterChoiceCase() != type) {
            String field = RepositoryRequest.PARAMETERS + "." + name;
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`" + field + "` must be " + said(type) + ", was " + said(parameter.getParameterChoiceCase()),
                    field));
        }
        return parameter;
    }

    private static String said(ParameterChoiceCase type) {
        return type == ParameterChoiceCase.PARAMETERCHOICE_NOT_SET
                ? "empty"
                : "a " + type.name().toLowerCase(Locale.ROOT);
    }
}
