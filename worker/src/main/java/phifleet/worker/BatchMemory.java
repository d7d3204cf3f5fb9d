package phifleet.worker;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.engine.Engines;
import phifleet.inference.lane.BatchCost;
import phifleet.inference.lane.BatchLimits;
import phifleet.inference.lane.BatchProbe;
import phifleet.inference.model.Device;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;

/** Which batches a model likes: probed on the first start on a machine, remembered in the cache folder after it. */
final class BatchMemory {
    private static final Logger LOG = LoggerFactory.getLogger(BatchMemory.class);

    /** Past this a CPU's batches only get slower, and each try takes a good part of a second. */
    private static final int MOST_ON_CPU = 2048;

    /** 512 texts of 128 tokens: more takes memory and brings nothing. */
    private static final int MOST_ON_GPU = 65_536;

    private final Path folder;

    BatchMemory(Path cache) {
        this.folder = cache.resolve("batches");
    }

    BatchLimits limits(ModelSpec spec, Engines.LoadedModel loaded, int mostItems, Tokenizer tokenizer)
            throws ModelException {
        boolean onCpu = loaded.device() instanceof Device.Cpu;
        Path file = folder.resolve(loaded.key() + ".properties");
        Properties known = new Properties();
        if (Files.isRegularFile(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                known.load(in);
                return new BatchLimits(
                        Integer.parseInt(known.getProperty("units")),
                        mostItems,
                        new BatchCost(
                                Double.parseDouble(known.getProperty("fixed-units")),
                                Double.parseDouble(known.getProperty("squared-units")),
                                loaded.padded()));
            } catch (IOException | RuntimeException e) {
                LOG.warn("{} cannot be read and is made anew: {}", file, e.toString());
            }
        }
        int word = tokenizer.encode("a", false).id(0);
        BatchLimits limits = BatchProbe.run(
                loaded.model(),
                length -> {
                    int[] ids = new int[Math.min(length, spec.encoding().input().maxTokens())];
                    Arrays.fill(ids, word);
                    return new TokenSequence(ids);
                },
                loaded.padded(),
                onCpu ? MOST_ON_CPU : MOST_ON_GPU,
                mostItems,
                System::nanoTime);
        LOG.info(
                "{}: probed batches: {} tokens, a batch costs {} tokens and {} a pair",
                spec.id(),
                limits.units(),
                limits.cost().fixed(),
                limits.cost().squared());
        known.setProperty("units", Integer.toString(limits.units()));
        known.setProperty("fixed-units", Double.toString(limits.cost().fixed()));
        known.setProperty("squared-units", Double.toString(limits.cost().squared()));
        save(known, file);
        return limits;
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
