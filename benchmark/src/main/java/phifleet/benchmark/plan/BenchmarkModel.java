package phifleet.benchmark.plan;

import java.util.Map;

/**
 * A model, as the first design's table has it.
 *
 * @param paths a framework's weights by its name ({@code onnx}, {@code pytorch}, {@code openvino}), relative to the folder of
 *     converted models
 */
public record BenchmarkModel(
        String id,
        String name,
        String huggingfaceId,
        String type,
        int maxSeqLength,
        int embeddingDim,
        Map<String, String> paths) {
    public BenchmarkModel {
        paths = Map.copyOf(paths);
    }
}
