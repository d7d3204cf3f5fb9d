package phifleet.inference.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Precision;
import phifleet.inference.onnx.OnnxPrecision;
import phifleet.inference.onnx.OnnxSignature;

/** What the numbers of a graph are: by what is in it, else by its name; and whether that is what was wished for. */
final class GraphPrecision {
    private GraphPrecision() {}

    /**
     * @param wished as the settings name it; null where they do not
     * @throws ModelException if the graph has other numbers than wished for, and they cannot be made of them
     */
    static Precision of(Path graph, OnnxSignature signature, @Nullable String wished) throws ModelException {
        Precision is = found(graph, signature);
        // A word that is none is told where the setting is read.
        Optional<Precision> wanted = wished == null ? Optional.empty() : Precision.find(wished);
        if (wanted.isEmpty() || wanted.get() == is) {
            return is;
        }
        if (is == Precision.FP32 && (wanted.get().isHalf() || wanted.get() == Precision.INT8)) {
            return wanted.get();
        }
        throw new ModelException(graph + " computes in " + is.label() + ", of which precision: "
                + wanted.get().label() + " cannot be made; name another file by weights:");
    }

    private static Precision found(Path graph, OnnxSignature signature) throws ModelException {
        try (FileChannel file = FileChannel.open(graph, StandardOpenOption.READ)) {
            Precision inside = OnnxPrecision.of(file.map(MapMode.READ_ONLY, 0, file.size()));
            if (inside != Precision.FP32) {
                return inside;
            }
            boolean half = signature.outputs().stream().anyMatch(value -> value.elementType() == OnnxSignature.FLOAT16);
            return half ? Precision.FP16 : named(graph);
        } catch (IOException e) {
            throw new ModelException(graph + " cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelException(graph + " is no ONNX graph, or is cut short: " + e.getMessage(), e);
        }
    }

    /** As exporters name files; {@link Precision#FP32} where the name says nothing. */
    static Precision named(Path graph) {
        String name = String.valueOf(graph.getFileName());
        if (name.contains("q4") || name.contains("int4")) {
            return Precision.INT4;
        }
        if (name.contains("int8") || name.contains("quantized")) {
            return Precision.INT8;
        }
        if (name.contains("bf16")) {
            return Precision.BF16;
        }
        return name.contains("fp16") ? Precision.FP16 : Precision.FP32;
    }
}
