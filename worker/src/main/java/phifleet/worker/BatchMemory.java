package phifleet.worker;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.lane.BatchCost;
import phifleet.inference.lane.BatchProbe;
import phifleet.inference.lane.Examples;
import phifleet.inference.lane.ProbedBatches;
import phifleet.inference.model.Device;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.WorkUnit;

/**
 * Which batches a model likes: probed on the first start on a machine, and remembered in the cache folder after it. What was probed
 * on a busy machine is probed again at the next start.
 */
final class BatchMemory {
    private static final Logger LOG = LoggerFactory.getLogger(BatchMemory.class);

    /** Past this a CPU's batches only get slower, and each try takes a good part of a second. */
    private static final int MOST_ON_CPU = 2048;

    /** 512 texts of 128 tokens: more takes memory and brings nothing. */
    private static final int MOST_ON_GPU = 65_536;

    /** The usual text that the two above are meant for. */
    private static final int TEXT = 32;

    private final Path folder;

    BatchMemory(Path cache) {
        this.folder = cache.resolve("batches");
    }

    /**
     * What is known of a model's batches.
     *
     * @param examples of its kind
     */
    <I> ProbedBatches limits(
            String id,
            String key,
            Device device,
            Model<I, ?> model,
            boolean padded,
            int mostItems,
            WorkUnit unit,
            Examples<I> examples)
            throws ModelException {
        Path file = folder.resolve(key + ".properties");
        ProbedBatches known = read(file, padded);
        if (known != null && known.isSure()) {
            return known;
        }
        int mostUnits = switch (device) {
            case Device.Cpu() -> MOST_ON_CPU;
            case Device.Cuda(int index) -> MOST_ON_GPU;
        };
        // Of a kind whose usual input is larger than a text, as many as there would be texts.
        long most = (long) mostUnits * Math.max(1, examples.usualUnits() / TEXT);
        ProbedBatches probed = BatchProbe.run(
                model, examples, padded, (int) Math.min(Integer.MAX_VALUE, most), mostItems, System::nanoTime);
        LOG.info(
                "{}: probed batches: {} {}, a batch costs {} and {} a pair{}",
                id,
                probed.units(),
                unit.label(),
                probed.cost().fixed(),
                probed.cost().squared(),
                probed.isSure() ? "" : "; the machine was busy, so the next start probes again");
        // Of two that are not sure the one that was disturbed less.
        ProbedBatches better = known == null || probed.spread() <= known.spread() ? probed : known;
        write(better, file);
        return better;
    }

    private static @Nullable ProbedBatches read(Path file, boolean padded) {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        Properties known = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            known.load(in);
            return new ProbedBatches(
                    Integer.parseInt(known.getProperty("units")),
                    new BatchCost(
                            Double.parseDouble(known.getProperty("fixed-units")),
                            Double.parseDouble(known.getProperty("squared-units")),
                            padded),
                    Double.parseDouble(known.getProperty("nanos-per-unit")),
                    Double.parseDouble(known.getProperty("spread")));
        } catch (IOException | RuntimeException e) {
            // As earlier versions left it, too.
            LOG.info("{} does not say all that is to be known, and is made anew: {}", file, e.toString());
            return null;
        }
    }

    private static void write(ProbedBatches probed, Path file) {
        Properties known = new Properties();
        known.setProperty("units", Integer.toString(probed.units()));
        known.setProperty("fixed-units", Double.toString(probed.cost().fixed()));
        known.setProperty("squared-units", Double.toString(probed.cost().squared()));
        known.setProperty("nanos-per-unit", Double.toString(probed.nanosPerUnit()));
        known.setProperty("spread", Double.toString(probed.spread()));
        save(known, file);
    }

    private static void save(Properties properties, Path file) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Path work = Files.createTempFile(file.resolveSibling(""), "probing", "");
            try (Writer out = Files.newBufferedWriter(work)) {
                properties.store(out, null);
            }
            Files.move(work, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("{} cannot be kept, so the next start probes again: {}", file, e.toString());
        }
    }
}
