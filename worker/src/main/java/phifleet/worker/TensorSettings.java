package phifleet.worker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Signature;
import phifleet.worker.http.oip.DataTypes;

/** The lists {@code inputs} and {@code outputs} of an entry of {@code models.yaml}, for networks whose files do not say these. */
final class TensorSettings {
    private TensorSettings() {}

    /** Reads one of the lists; entries that are mistaken are left out. */
    static List<Signature.Value> read(SettingsSection section, String key) {
        List<Signature.Value> values = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SettingsSection entry : section.sections(key)) {
            String name = entry.requiredText("name");
            if (!name.isEmpty() && !names.add(name)) {
                entry.mistake("name", name, "another of " + key + " has this name");
            }
            Optional<ElementType> type = type(entry);
            Optional<List<Long>> shape = shape(entry);
            if (!name.isEmpty() && type.isPresent() && shape.isPresent()) {
                values.add(new Signature.Value(name, type.get(), shape.get()));
            }
        }
        return values;
    }

    private static Optional<ElementType> type(SettingsSection entry) {
        String text = entry.requiredText("datatype");
        Optional<ElementType> type = DataTypes.find(text.startsWith("TYPE_") ? text.substring("TYPE_".length()) : text);
        if (type.isEmpty() && !text.isEmpty()) {
            entry.mistake("datatype", text, "must be " + DataTypes.ONE_OF);
        }
        return type;
    }

    private static Optional<List<Long>> shape(SettingsSection entry) {
        List<String> sizes = entry.list("shape", List.of("none"));
        List<Long> shape = new ArrayList<>();
        for (String size : sizes) {
            if (!size.matches("-1|\\d{1,9}")) {
                entry.mistake(
                        "shape",
                        sizes.equals(List.of("none")) ? null : size,
                        "must be a list of sizes, -1 for one that is free, as [-1, 3, 224, 224]");
                return Optional.empty();
            }
            shape.add(Long.parseLong(size));
        }
        return Optional.of(shape);
    }
}
