package phifleet.inference.serving;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.lane.DeviceLoops;
import phifleet.inference.lane.LoopProbe;
import phifleet.inference.model.Device;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;

/** The loops of each device that models run on, started with its first model. For the thread that loads. */
public final class Devices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Devices.class);

    private final LaneOptions options;
    private final int processors;
    private final Map<Device, DeviceLoops> loops = new LinkedHashMap<>();

    /**
     * None is started yet.
     *
     * @param processors what the machine has
     */
    public Devices(LaneOptions options, int processors) {
        this.options = options;
        this.processors = processors;
    }

    /**
     * The loops of a device.
     *
     * @param first tells how many it wants, where that is neither set nor known
     * @param batch one that fills the device
     */
    public <I> DeviceLoops of(Device device, Model<I, ?> first, List<I> batch) throws ModelException {
        DeviceLoops known = loops.get(device);
        if (known != null) {
            return known;
        }
        int count = switch (device) {
            case Device.Cpu() -> options.loops() > 0 ? options.loops() : processors;
            // Its own threads share the device's units.
            case Device.OpenVino openVino -> 1;
            case Device.Cuda(int index) ->
                options.gpuLoops() > 0 ? options.gpuLoops() : LoopProbe.run(first, batch, System::nanoTime);
        };
        LOG.info("{}: {} {} for all models on it", device.label(), count, count == 1 ? "thread" : "threads");
        DeviceLoops started = new DeviceLoops(device.label(), count, System::nanoTime);
        loops.put(device, started);
        return started;
    }

    @Override
    public void close() {
        loops.values().forEach(DeviceLoops::close);
    }
}
