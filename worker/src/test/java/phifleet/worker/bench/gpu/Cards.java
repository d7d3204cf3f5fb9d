package phifleet.worker.bench.gpu;

import java.util.Map;
import phifleet.inference.gpu.NvidiaSmi;

/** What cards can do at most, by the makers' data sheets: dense TFLOP/s, fp32 outside of tensor cores, tf32 and fp16 in them. */
final class Cards {
    private static final Map<String, Map<String, Double>> PEAKS = Map.of(
            "H100", Map.of("fp32", 67.0, "tf32", 494.0, "fp16", 989.0),
            "H200", Map.of("fp32", 67.0, "tf32", 494.0, "fp16", 989.0),
            "A100", Map.of("fp32", 19.5, "tf32", 156.0, "fp16", 312.0),
            "4090", Map.of("fp32", 82.6, "tf32", 82.6, "fp16", 165.2));

    private Cards() {}

    /** Of the first card by precision; empty where it is not known, or there is none. */
    static Map<String, Double> peaks() {
        return new NvidiaSmi()
                .read().stream()
                        .findFirst()
                        .flatMap(gpu -> PEAKS.entrySet().stream()
                                .filter(card -> gpu.name().contains(card.getKey()))
                                .findFirst())
                        .map(Map.Entry::getValue)
                        .orElse(Map.of());
    }
}
