package phifleet.worker.http.oip;

import com.google.protobuf.MessageLite;
import java.util.List;
import phifleet.inference.ServedModel;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Signature;
import phifleet.protocol.DataType;
import phifleet.protocol.InferBatchStatistics;
import phifleet.protocol.InferStatistics;
import phifleet.protocol.ModelConfig;
import phifleet.protocol.ModelConfigResponse;
import phifleet.protocol.ModelDynamicBatching;
import phifleet.protocol.ModelInput;
import phifleet.protocol.ModelMetadataResponse;
import phifleet.protocol.ModelOutput;
import phifleet.protocol.ModelStatistics;
import phifleet.protocol.ModelStatisticsResponse;
import phifleet.protocol.StatisticDuration;

/** What a model is and did, in messages: what {@link ModelEndpoint} says in JSON. */
final class GrpcModels {
    private GrpcModels() {}

    static MessageLite metadata(OipModel model) {
        ModelMetadataResponse.Builder out = ModelMetadataResponse.newBuilder()
                .setName(model.served().description().id())
                .addVersions(model.version())
                .setPlatform(ModelEndpoint.platform(model.served().description()));
        model.signature().inputs().forEach(input -> out.addInputs(value(input)));
        model.signature().outputs().forEach(output -> out.addOutputs(value(output)));
        return out.build();
    }

    private static ModelMetadataResponse.TensorMetadata value(Signature.Value value) {
        return ModelMetadataResponse.TensorMetadata.newBuilder()
                .setName(value.name())
                .setDatatype(DataTypes.name(value.type()))
                .addAllShape(value.shape())
                .build();
    }

    static MessageLite config(OipModel model) {
        ModelConfig.Builder out = ModelConfig.newBuilder()
                .setName(model.served().description().id())
                .setPlatform(ModelEndpoint.platform(model.served().description()))
                .setBackend(ModelEndpoint.backend(model.served().description()))
                .setMaxBatchSize(model.maxBatchSize());
        for (Signature.Value input : model.signature().inputs()) {
            out.addInput(ModelInput.newBuilder()
                    .setName(input.name())
                    .setDataType(type(input.type()))
                    .addAllDims(ModelEndpoint.dims(input, model)));
        }
        for (Signature.Value output : model.signature().outputs()) {
            out.addOutput(ModelOutput.newBuilder()
                    .setName(output.name())
                    .setDataType(type(output.type()))
                    .addAllDims(ModelEndpoint.dims(output, model)));
        }
        if (model.maxBatchSize() > 0) {
            out.setDynamicBatching(ModelDynamicBatching.getDefaultInstance());
        }
        return ModelConfigResponse.newBuilder().setConfig(out).build();
    }

    private static DataType type(ElementType type) {
        return DataType.valueOf(DataTypes.configName(type));
    }

    static MessageLite statistics(List<ServedModel> models) {
        ModelStatisticsResponse.Builder out = ModelStatisticsResponse.newBuilder();
        models.forEach(model -> out.addModelStats(statistics(model)));
        return out.build();
    }

    private static ModelStatistics statistics(ServedModel model) {
        InferCounts counts = InferCounts.of(model);
        ModelStatistics.Builder out = ModelStatistics.newBuilder()
                .setName(model.description().id())
                .setVersion(model.description().version())
                .setLastInference(counts.lastMillis())
                .setInferenceCount(counts.inferences())
                .setExecutionCount(counts.executions())
                .setInferenceStats(InferStatistics.newBuilder()
                        .setSuccess(span(counts.success()))
                        .setFail(span(counts.fail()))
                        .setQueue(span(counts.queue()))
                        .setComputeInput(span(counts.compute().untimed()))
                        .setComputeInfer(span(counts.compute()))
                        .setComputeOutput(span(counts.compute().untimed()))
                        .setCacheHit(span(InferCounts.Span.NONE))
                        .setCacheMiss(span(InferCounts.Span.NONE)));
        counts.bySize()
                .forEach((size, ran) -> out.addBatchStats(InferBatchStatistics.newBuilder()
                        .setBatchSize(size)
                        .setComputeInput(span(ran.untimed()))
                        .setComputeInfer(span(ran))
                        .setComputeOutput(span(ran.untimed()))));
        return out.build();
    }

    private static StatisticDuration span(InferCounts.Span span) {
        return StatisticDuration.newBuilder()
                .setCount(span.count())
                .setNs(span.nanos())
                .build();
    }
}
