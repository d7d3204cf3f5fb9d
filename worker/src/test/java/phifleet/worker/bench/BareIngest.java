package phifleet.worker.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import phifleet.benchmark.Turns.Measured;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;
import phifleet.inference.testing.Workbench;
import phifleet.inference.vision.ImagePreparation;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.inference.vision.decode.ImageLimits;

/**
 * Called by {@code scripts/bench ingest}: DETECTOR ENCODER. Photos decoded once, prepared for both models and run through both sessions, each by
 * itself, on as many threads as there are cores, and nothing else: what a worker's {@code /ingest} is held against. A line of files in, a line of
 * times out.
 */
public final class BareIngest {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    private final OnnxSession detector;
    private final OnnxSession encoder;

    private BareIngest(OnnxSession detector, OnnxSession encoder) {
        this.detector = detector;
        this.encoder = encoder;
    }

    public static void main(String[] arguments) throws Exception {
        // It readies the engine's library.
        Objects.requireNonNull(Workbench.engines());
        SessionSettings settings = SessionSettings.on(Provider.PLAIN_CPU);
        try (OnnxSession detector = OnnxSession.open(Path.of(arguments[0]), settings);
                OnnxSession encoder = OnnxSession.open(Path.of(arguments[1]), settings);
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            BareIngest loop = new BareIngest(detector, encoder);
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                List<byte[]> files = files(line);
                Measured turn = Driven.bare(CORES, files.size(), index -> loop.see(files.get(index)));
                System.out.println("DONE " + turn.seconds() + " " + turn.cpuSeconds());
            }
        }
    }

    private static List<byte[]> files(String line) throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (String file : line.split("\t", -1)) {
            files.add(Files.readAllBytes(Path.of(file)));
        }
        return files;
    }

    private void see(byte[] file) throws Exception {
        List<Tensor> inputs = decoder.decode(
                file,
                DecodeBench.NEEDED,
                image -> List.of(
                        ImagePreparation.prepare(DecodeBench.DETECTOR, image).tensor(),
                        ImagePreparation.prepare(DecodeBench.ENCODER, image).tensor()));
        run(detector, inputs.getFirst());
        run(encoder, inputs.getLast());
    }

    private static void run(OnnxSession session, Tensor input) throws ModelException {
        session.run(
                        Map.of(session.inputs().getFirst().name(), input),
                        session.outputs().stream().map(OnnxSession.Value::name).toList())
                .values()
                .forEach(Tensor::release);
        input.release();
    }
}
