package phifleet.inference.serving;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.lane.BatchCost;
import phifleet.inference.lane.BatchProbe;
import phifleet.inference.lane.Examples;
import phifleet.inference.lane.KnownBatches;
import phifleet.inference.model.Device;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Residency;
import phifleet.inference.model.WorkUnit;

/**
 * Which batches a model likes: those of models of texts on a CPU by {@link CpuBatches}, others probed on the first start on a machine, and
 * remembered in the cache folder after it. What was probed on a busy machine is probed again at up to two later starts, where the
 * folder takes what they find. For threads that have to do with different models.
 */
public final class BatchMemory {
    private static final Logger LOG = LoggerFactory.getLogger(BatchMemory.class);

    /** By OpenVINO: past this a CPU's batches only get slower, and each try takes a good part of a second. */
    private static final int MOST_ON_CPU = 2048;

    /** 512 texts of 128 tokens: more takes memory and brings nothing. */
    private static final int MOST_ON_GPU = 65_536;

    /** The usual text that the two above are meant for. */
    private static final int TEXT = 32;

    /** A machine that is never quiet is not to be asked for ever: a start waits for the probe. */
    private static final int MOST_TIMES = 3;

    private final Path folder;
    private final LongSupplier nanoClock;
    private final Predicate<Path> writable;

    /** By what this process has probed itself. */
    private final Map<String, KnownBatches> probedHere = new ConcurrentHashMap<>();

    /** @param times how often it was probed */
    private record Remembered(KnownBatches found, int times) {}

    public BatchMemory(Path cache, LongSupplier nanoClock) {
        this(cache, nanoClock, Files::isWritable);
    }

    /** @param writable whether files can be made in a folder */
    BatchMemory(Path cache, LongSupplier nanoClock, Predicate<Path> writable) {
        this.folder = cache.resolve("batches");
        this.nanoClock = nanoClock;
        this.writable = writable;
    }

    /**
     * What a model is opened with.
     *
     * @param later what is left to be found out about it once it serves and has the form that it keeps
     */
    public record Opening(KnownBatches batches, Later later) {}

    /** Is done once a model serves, beside that. */
    public interface Later {
        Later NOTHING = new Later() {
            @Override
            public void run() {}

            @Override
            public void end() {}
        };

        void run() throws ModelException;

        /** The model is to be closed: breaks it off, and returns once nobody is inside the model for it. */
        void end();
    }

    /** Finds out by running a model, which it leaves open. */
    @FunctionalInterface
    public interface Probing<I, O> {
        KnownBatches run(Model<I, O> model) throws ModelException;
    }

    /** Finds out by running the model. */
    @FunctionalInterface
    interface Probe {
        KnownBatches run() throws ModelException;
    }

    /**
     * What is known of the batches of a model of texts.
     *
     * @param width the model's hidden size, as far as that is known
     * @param examples of its kind
     */
    <I, O> KnownBatches limits(
            ModelSpec spec,
            String key,
            Device device,
            Model<I, O> model,
            Padding padding,
            int width,
            int mostItems,
            WorkUnit unit,
            Examples<I> examples)
            throws ModelException {
        int mostUnits;
        switch (device) {
            case Device.Cpu cpu -> {
                return CpuBatches.of(examples, padding, width);
            }
            case Device.OpenVino openVino -> mostUnits = MOST_ON_CPU;
            case Device.Cuda(int index) -> mostUnits = MOST_ON_GPU;
        }
        // Of a kind whose usual input is larger than a text, as many as there would be texts.
        long most = (long) mostUnits * Math.max(1, examples.usualUnits() / TEXT);
        int mostTried = (int) Math.min(Integer.MAX_VALUE, most);
        return remembered(
                spec.id(),
                key,
                padding,
                unit.label(),
                () -> BatchProbe.run(model, examples, padding, mostTried, mostItems, nanoClock));
    }

    /**
     * What is known of a model, or what a probe finds; where somebody waits for its load what is known so far, or else a guess, and the
     * probe is left for later: its findings are the next load's.
     *
     * @param units what a batch's size is counted in
     * @param guess of one of which nothing is known
     */
    public <I, O> Opening opening(
            ModelSpec spec,
            Device device,
            String key,
            Padding padding,
            String units,
            KnownBatches guess,
            Model<I, O> model,
            Probing<I, O> probing)
            throws ModelException {
        if (spec.residency() != Residency.MAPPED_FIRST || !(device instanceof Device.Cpu)) {
            return new Opening(remembered(spec.id(), key, padding, units, () -> probing.run(model)), Later.NOTHING);
        }
        Remembered before = probedHere.containsKey(key) ? null : read(folder.resolve(key + ".properties"), padding);
        KnownBatches known = before == null ? probedHere.getOrDefault(key, guess) : before.found();
        Later later = new LaterProbe<>(model, probing, probe -> {
            KnownBatches _ = remembered(spec.id(), key, padding, units, probe);
        });
        return new Opening(known, later);
    }

    /**
     * What is known of a model, or what a probe finds where that is not to be believed yet.
     *
     * @param units what a batch's size is counted in
     */
    KnownBatches remembered(String id, String key, Padding padding, String units, Probe probe) throws ModelException {
        Path file = folder.resolve(key + ".properties");
        KnownBatches own = probedHere.get(key);
        if (own != null) {
            return own;
        }
        Remembered before = read(file, padding);
        // In a container, say, every start would probe, and forget it.
        if (before != null && (before.found().isSure() || before.times() >= MOST_TIMES || !writable.test(folder))) {
            return before.found();
        }
        KnownBatches probed = probe.run();
        LOG.info(
                "{}: probed batches: {} {}, a batch costs {} and {} a pair{}",
                id,
                probed.units(),
                units,
                probed.cost().fixed(),
                probed.cost().squared(),
                probed.isSure() ? "" : "; the machine was busy, so one of the next starts probes again");
        int times = before == null ? 1 : before.times() + 1;
        // Of two that are not sure the one that was disturbed less.
        KnownBatches better =
                before == null || probed.spread() <= before.found().spread() ? probed : before.found();
        probedHere.put(key, better);
        write(better, times, file);
        return better;
    }

    private static @Nullable Remembered read(Path file, Padding padding) {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        Properties known = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            known.load(in);
            KnownBatches found = new KnownBatches(
                    Integer.parseInt(known.getProperty("units")),
                    new BatchCost(
                            Double.parseDouble(known.getProperty("fixed-units")),
                            Double.parseDouble(known.getProperty("squared-units")),
                            padding),
                    Double.parseDouble(known.getProperty("nanos-per-unit")),
                    Double.parseDouble(known.getProperty("spread")));
            return new Remembered(found, Integer.parseInt(known.getProperty("times")));
        } catch (IOException | RuntimeException e) {
            // As earlier versions left it, too.
            LOG.info("{} does not say all that is to be known, and is made anew: {}", file, e.toString());
            return null;
        }
    }

    private static void write(KnownBatches probed, int times, Path file) {
        Properties known = new Properties();
        known.setProperty("units", Integer.toString(probed.units()));
        known.setProperty("fixed-units", Double.toString(probed.cost().fixed()));
        known.setProperty("squared-units", Double.toString(probed.cost().squared()));
        known.setProperty("nanos-per-unit", Double.toString(probed.nanosPerUnit()));
        known.setProperty("spread", Double.toString(probed.spread()));
        known.setProperty("times", Integer.toString(times));
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
