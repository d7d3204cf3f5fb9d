package phifleet.worker.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import phifleet.benchmark.AnswerCheck;
import phifleet.benchmark.Call;
import phifleet.benchmark.Turns;
import phifleet.inference.engine.onnx.OnnxSession;
import phifleet.inference.engine.onnx.Provider;
import phifleet.inference.engine.onnx.SessionSettings;
import phifleet.inference.model.Tensor;
import phifleet.inference.testing.SharedFiles;
import phifleet.worker.WorkerUnderTest;

/**
 * Tensors by the Open Inference Protocol, as bytes in both directions, against the bare session with the same tensors, turn by turn
 * in one process: one client against one thread, and eight a core against a thread a core. MobileNetV2 out of ../shared, which takes
 * 602,112 bytes an image. And what batches bring: the same model with batches of one, of as many rows as were probed, of eight, and
 * of eight that are waited for.
 */
public final class OipBench {
    private static final List<Long> SHAPE = List.of(1L, 3L, 224L, 224L);
    private static final int VALUES = 3 * 224 * 224;
    private static final int DIFFERENT = 8;
    private static final int REQUESTS = 128;
    private static final int REQUESTS_OF_ONE = 64;
    private static final int WARM_UPS = 2;

    /** Until the JVM has compiled what a request runs through; after a tenth of them it still interprets much of it. */
    private static final int REQUESTS_TO_WARM_UP = 2_000;

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int CLIENTS = 8 * CORES;
    private static final int CROWD = 64;

    private static final double BAR = 0.92;
    private static final double ROWS_BAR = 1.0;

    private static final String ONE = "OIP, binary, 1 client";
    private static final String ONE_BARE = "bare session, 1 thread";
    private static final String MANY = "OIP, binary, " + CLIENTS + " clients";
    private static final String MANY_BARE = "bare session, " + CORES + " threads";

    private static final String SINGLE = "batches of 1, " + CROWD + " clients";
    private static final String PROBED = "batches as probed";
    private static final String EIGHT = "batches of 8";
    private static final String COMPANY = "batches of 16, waited for 5 ms";

    private OipBench() {}

    public static void main(String[] arguments) throws Exception {
        Path cache = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Path model = SharedFiles.file("models/mobilenet_v2_fp32.onnx");
        String yaml = """
                models:
                  - {id: probed, path: %1$s}
                  - {id: single, path: %1$s, batch-size: 1}
                  - {id: eight, path: %1$s, batch-size: 8}
                  - {id: company, path: %1$s, batch-size: 16, batch-timeout-ms: 5}
                """.formatted(model);
        try (WorkerUnderTest worker = WorkerUnderTest.start(cache, yaml, Driven.PATIENT);
                OnnxSession session = OnnxSession.open(model, SessionSettings.on(Provider.PLAIN_CPU))) {
            List<Tensor> tensors = tensors();
            String input = session.inputs().getFirst().name();
            List<String> outputs = List.of(session.outputs().getFirst().name());
            List<Call> calls = calls("single", input, tensors);
            Driven.over(worker.uri(), calls, CLIENTS, REQUESTS_TO_WARM_UP);
            Driven.Item alone = index -> session.run(Map.of(input, tensors.get(index % DIFFERENT)), outputs);
            Turns turns = new Turns()
                    .add(ONE, () -> Driven.over(worker.uri(), calls, 1, REQUESTS_OF_ONE))
                    .add(ONE_BARE, () -> Driven.bare(1, REQUESTS_OF_ONE, alone))
                    .add(MANY, () -> Driven.over(worker.uri(), calls, CLIENTS, REQUESTS))
                    .add(MANY_BARE, () -> Driven.bare(CORES, REQUESTS, alone))
                    .warmUp(WARM_UPS)
                    .run(rounds);
            System.out.printf(Locale.ROOT, "%d cores, %d rounds%n", CORES, rounds);
            turns.paces("tensors");
            turns.ratio("OIP over HTTP / bare session, 1 client", ONE, ONE_BARE, BAR);
            turns.ratio("OIP over HTTP / bare session, " + CLIENTS + " clients", MANY, MANY_BARE, BAR);
            rows(worker, input, tensors, rounds);
        }
    }

    private static void rows(WorkerUnderTest worker, String input, List<Tensor> tensors, int rounds) throws Exception {
        Turns turns = new Turns();
        add(turns, SINGLE, worker, calls("single", input, tensors));
        add(turns, PROBED, worker, calls("probed", input, tensors));
        add(turns, EIGHT, worker, calls("eight", input, tensors));
        add(turns, COMPANY, worker, calls("company", input, tensors));
        turns.warmUp(1).run(rounds);
        turns.paces("tensors");
        turns.ratio("batches as probed / of 1", PROBED, SINGLE, ROWS_BAR);
        turns.ratio("batches of 8 / of 1", EIGHT, SINGLE, ROWS_BAR);
        turns.ratio("batches of 16, waited for 5 ms / of 1", COMPANY, SINGLE, ROWS_BAR);
        for (String model : List.of("probed", "company")) {
            Metrics.lines(worker.uri()).stream()
                    .filter(line -> line.startsWith("batch_size_bucket") && line.contains("\"" + model + "\""))
                    .forEach(System.out::println);
        }
    }

    private static void add(Turns turns, String name, WorkerUnderTest worker, List<Call> calls) {
        turns.add(name, () -> Driven.over(worker.uri(), calls, CROWD, REQUESTS));
    }

    private static List<Tensor> tensors() {
        Random random = new Random(2026);
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < DIFFERENT; i++) {
            float[] values = new float[VALUES];
            for (int k = 0; k < VALUES; k++) {
                values[k] = (float) random.nextGaussian();
            }
            tensors.add(Tensor.of(SHAPE, values));
        }
        return tensors;
    }

    private static List<Call> calls(String model, String input, List<Tensor> tensors) {
        List<Call> calls = new ArrayList<>();
        for (Tensor tensor : tensors) {
            ByteBuffer data = tensor.data().order(ByteOrder.LITTLE_ENDIAN);
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            byte[] json = """
                    {"inputs":[{"name":"%s","datatype":"FP32","shape":%s,"parameters":{"binary_data_size":%d}}],\
                    "parameters":{"binary_data_output":true}}""".formatted(input, tensor.shape(), bytes.length).getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream body = new ByteArrayOutputStream(json.length + bytes.length);
            body.writeBytes(json);
            body.writeBytes(bytes);
            calls.add(Call.of(
                    "infer",
                    "POST",
                    "/v2/models/" + model + "/infer",
                    Map.of("Inference-Header-Content-Length", Integer.toString(json.length)),
                    body.toByteArray(),
                    AnswerCheck.anything()));
        }
        return calls;
    }
}
