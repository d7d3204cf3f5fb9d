package phifleet.worker;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.engine.Engines;
import phifleet.inference.engine.LoadedTensors;
import phifleet.inference.engine.MemoryBound;
import phifleet.inference.lane.ArrivalOrderPolicy;
import phifleet.inference.lane.BatchCost;
import phifleet.inference.lane.BatchLimits;
import phifleet.inference.lane.DeviceLoops;
import phifleet.inference.lane.Lane;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.model.Device;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.OcrPart;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Task;
import phifleet.inference.model.TensorSet;
import phifleet.inference.serving.BatchMemory;
import phifleet.inference.serving.Devices;
import phifleet.inference.serving.Drift;
import phifleet.inference.serving.GoldenFile;
import phifleet.inference.serving.LaneObservers;
import phifleet.inference.serving.LaneOptions;
import phifleet.inference.serving.ResidentModel;
import phifleet.inference.serving.WarmUp;
import phifleet.inference.tensor.ExampleCheck;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.ImageModels;
import phifleet.inference.tensor.LaneTensorModel;
import phifleet.inference.tensor.OcrModels;
import phifleet.inference.tensor.RowBatches;
import phifleet.inference.tensor.RowProbe;
import phifleet.inference.tensor.TensorGolden;
import phifleet.inference.tensor.TensorModel;
import phifleet.inference.tensor.TensorShape;
import phifleet.inference.text.golden.GoldenCheck;

/** Turns the specification of a graph or a program into a model of tensors that serves. */
final class TensorLoader {
    private static final Logger LOG = LoggerFactory.getLogger(TensorLoader.class);

    /** Past this more rows bring little on any device. */
    private static final int MOST_ROWS = 64;

    private final Engines engines;
    private final LaneOptions options;
    private final BatchMemory memory;
    private final LaneObservers observers;
    private final Devices devices;
    private final boolean keepsVectors;

    /** @param keepsVectors whether what encoders of images make is put into an index */
    TensorLoader(
            Engines engines,
            LaneOptions options,
            BatchMemory memory,
            LaneObservers observers,
            Devices devices,
            boolean keepsVectors) {
        this.keepsVectors = keepsVectors;
        this.engines = engines;
        this.options = options;
        this.memory = memory;
        this.observers = observers;
        this.devices = devices;
    }

    ResidentModel load(ModelSpec spec) throws ModelException {
        long start = System.nanoTime();
        LoadedTensors loaded = engines.loadTensors(spec, usualInputs(spec.task()));
        try {
            return tensors(spec, loaded, start);
        } catch (ModelException | RuntimeException | Error e) {
            // Others go on serving.
            loaded.model().close();
            throw e;
        }
    }

    /** A task of images says what its input is. */
    private static List<Signature.Value> usualInputs(Task task) throws ModelException {
        return task instanceof Task.OfImages images ? List.of(ImageModels.usualInput(images)) : List.of();
    }

    private ResidentModel tensors(ModelSpec spec, LoadedTensors loaded, long start) throws ModelException {
        TensorGolden golden = golden(spec, loaded.signature());
        double likeness = golden == null
                ? Double.NaN
                : golden.verify(spec.id(), loaded.model(), GoldenCheck.leastCosine(spec.precision()));
        Signature known = spec.task() instanceof Task.Ocr(OcrPart part)
                ? OcrModels.narrowed(spec.id(), loaded.signature(), part)
                : ImageModels.narrowed(spec.id(), loaded.signature(), spec.task());
        BatchMemory.Opening opening = memory.opening(
                spec,
                loaded.device(),
                loaded.key(),
                Padding.NOWHERE,
                "rows",
                RowProbe.ONE_BY_ONE,
                loaded.model(),
                model -> RowProbe.run(spec.id(), model, known, MOST_ROWS, System::nanoTime));
        int probed = opening.batches().units();
        int wished = spec.scheduling().batchItems();
        int rows = probed == 0 || wished == 0 ? probed : wished;
        TensorShape shape = new TensorShape(spec.task().unit());
        Model<TensorSet, TensorSet> joining = rows == 0 ? loaded.model() : new RowBatches(loaded.model(), rows);
        Model<TensorSet, TensorSet> bounded =
                loaded.device() instanceof Device.Cuda ? new MemoryBound<>(spec.id(), joining, shape::units) : joining;
        Model<TensorSet, TensorSet> model =
                new ExampleCheck(spec.id(), bounded, RowProbe.example(known, 1), System::nanoTime);
        LaneStatistics statistics =
                new LaneStatistics(observers.of(spec.id(), spec.task().unit()));
        List<TensorSet> whole = List.of(RowProbe.example(known, Math.max(1, rows)));
        DeviceLoops device = devices.of(loaded.device(), loaded.model(), whole);
        WarmUp.run(spec, loaded.model(), whole);
        Lane<TensorSet, TensorSet> lane = device.open(
                spec.id(),
                model,
                shape,
                options.laneSettings(
                        options.queueElements(),
                        new BatchLimits(Integer.MAX_VALUE, Math.max(1, rows), new BatchCost(0, 0, Padding.NOWHERE)),
                        spec.scheduling(),
                        0),
                new ArrivalOrderPolicy(),
                statistics);
        ModelDescription description = loaded.description(spec);
        LOG.info(
                "{}: {} on {}, {}, takes {} tensors and gives {}, {}, golden cosine {}, {} ms",
                spec.id(),
                loaded.engine(),
                loaded.device().label(),
                spec.task().label(),
                loaded.signature().inputs().size(),
                loaded.signature().outputs().size(),
                rows == 0 ? "one request at a time" : "up to " + rows + " rows together",
                golden == null ? "not known" : String.format(Locale.ROOT, "%.6f", likeness),
                (System.nanoTime() - start) / 1_000_000);
        TensorModel served = new LaneTensorModel(description, loaded.signature(), rows, lane, statistics);
        Drift drift = golden == null
                ? Drift.UNKNOWN
                : new Drift.Known(
                        new Drift.Held(golden.name(), Drift.Answers.TENSORS, golden.size()),
                        () -> golden.verify(spec.id(), loaded.model(), -1),
                        spec.precision(),
                        likeness);
        return new ResidentModel(meaning(served, spec, loaded.model(), lane), lane, model, opening.later(), drift);
    }

    private static @Nullable TensorGolden golden(ModelSpec spec, Signature signature) throws ModelException {
        GoldenFile file = GoldenFile.of(spec);
        return file == null ? null : TensorGolden.read(file.json(), file.name(), signature);
    }

    private TensorModel meaning(
            TensorModel served, ModelSpec spec, Model<TensorSet, TensorSet> model, Lane<TensorSet, TensorSet> lane)
            throws ModelException {
        try {
            if (spec.task() instanceof Task.Ocr(OcrPart part)) {
                return OcrModels.of(served, part, spec.source(), model);
            }
            if (!(spec.task() instanceof Task.OfImages images)) {
                return served;
            }
            ImageModel seeing = ImageModels.of(served, images, model);
            // They outlive the model.
            return keepsVectors && images instanceof Task.ImageEncoding
                    ? seeing.with(ModelChecksum.of(spec, seeing))
                    : seeing;
        } catch (ModelException | RuntimeException e) {
            lane.close();
            throw e;
        }
    }
}
