package phifleet.inference.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/**
 * What a program gives, by name: the keys of a mapping, or places as Triton's users know them, {@code OUTPUT__0}.
 *
 * @param names in place of those, in the order of what comes back, or of keys; empty for all by their own
 */
record TorchOutputs(List<String> names) {
    TorchOutputs {
        names = List.copyOf(names);
    }

    /** Those that are wanted, copied out of torch's memory. */
    Map<String, Tensor> take(NDList found) throws ModelException {
        Map<String, NDArray> own = own(found);
        Map<String, Tensor> taken = new LinkedHashMap<>();
        if (names.isEmpty()) {
            for (Map.Entry<String, NDArray> entry : own.entrySet()) {
                taken.put(entry.getKey(), TorchTensors.take(entry.getKey(), entry.getValue()));
            }
            return taken;
        }
        boolean keyed = !own.isEmpty() && own.keySet().stream().noneMatch(TorchOutputs::isPlace);
        List<NDArray> byPlace = List.copyOf(own.values());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            NDArray array = own.get(name);
            if (array == null && !keyed && i < byPlace.size() && !isPlace(name)) {
                array = byPlace.get(i);
            }
            if (array == null) {
                throw new ModelException(
                        "models.yaml names the output " + name + ", and forward gives " + List.copyOf(own.keySet()));
            }
            taken.put(name, TorchTensors.take(name, array));
        }
        return taken;
    }

    private static boolean isPlace(String name) {
        return name.matches("OUTPUT__\\d+");
    }

    private static Map<String, NDArray> own(NDList found) {
        Map<String, NDArray> own = new LinkedHashMap<>();
        List<NDArray> arrays = new ArrayList<>(found);
        for (int i = 0; i < arrays.size(); i++) {
            @Nullable String name = arrays.get(i).getName();
            own.put(name == null || name.isEmpty() ? "OUTPUT__" + i : name, arrays.get(i));
        }
        return own;
    }
}
