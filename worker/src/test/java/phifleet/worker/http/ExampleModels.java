package phifleet.worker.http;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import phifleet.inference.ServedModel;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Task;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;

/** The model of Triton's own examples, {@code simple}, and for each type {@code echo_TYPE}, which gives what it took. */
final class ExampleModels {
    private ExampleModels() {}

    /** These, and another. */
    static List<ServedModel> with(ServedModel other) {
        List<ServedModel> models = new ArrayList<>();
        models.add(new FakeTensors(
                "simple",
                new Task.Tensors(),
                new Signature(List.of(four("INPUT0"), four("INPUT1")), List.of(four("OUTPUT0"), four("OUTPUT1"))),
                8,
                ExampleModels::sumAndDifference));
        for (ElementType type : ElementType.values()) {
            models.add(new FakeTensors(
                    "echo_" + type,
                    new Task.Tensors(),
                    new Signature(
                            List.of(new Signature.Value("x", type, List.of(-1L, -1L))),
                            List.of(new Signature.Value("y", type, List.of(-1L, -1L)))),
                    0,
                    set -> new TensorSet(Map.of("y", set.tensors().get("x")))));
        }
        models.add(other);
        return models;
    }

    private static Signature.Value four(String name) {
        return new Signature.Value(name, ElementType.INT32, List.of(-1L, 4L));
    }

    private static TensorSet sumAndDifference(TensorSet set) {
        Tensor first = Objects.requireNonNull(set.get("INPUT0"));
        Tensor second = Objects.requireNonNull(set.get("INPUT1"));
        ByteBuffer sum = Tensor.allocate(ElementType.INT32, first.shape());
        ByteBuffer difference = Tensor.allocate(ElementType.INT32, first.shape());
        for (int i = 0; i < first.size(); i++) {
            int left = first.data().getInt(i * 4);
            int right = second.data().getInt(i * 4);
            sum.putInt(left + right);
            difference.putInt(left - right);
        }
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        outputs.put("OUTPUT0", Tensor.of(ElementType.INT32, first.shape(), sum.flip()));
        outputs.put("OUTPUT1", Tensor.of(ElementType.INT32, first.shape(), difference.flip()));
        return new TensorSet(outputs);
    }
}
