package phifleet.inference.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a model is to run, as its settings say. */
public sealed interface DeviceChoice {
    DeviceChoice AUTO = new Auto();
    DeviceChoice CPU = new Only(Device.CPU);

    /** A GPU if one works, else the CPU. */
    record Auto() implements DeviceChoice {}

    /** This device or none. */
    record Only(Device device) implements DeviceChoice {}

    /** Reads {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}; empty for anything else. */
    static Optional<DeviceChoice> read(String text) {
        Matcher matcher = Pattern.compile("(auto)|(cpu)|cuda(?::(\\d{1,2}))?").matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        if (matcher.group(1) != null) {
            return Optional.of(AUTO);
        }
        if (matcher.group(2) != null) {
            return Optional.of(CPU);
        }
        String index = matcher.group(3);
        return Optional.of(new Only(new Device.Cuda(index == null ? 0 : Integer.parseInt(index))));
    }
}
