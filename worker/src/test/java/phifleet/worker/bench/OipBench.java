package phifleet.worker.bench;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import phifleet.benchmark.AnswerCheck;
import phifleet.benchmark.Call;
import phifleet.benchmark.Turns;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.model.Tensor;
import phifleet.inference.testing.SharedFiles;
import phifleet.protocol.ModelInferRequest;
import phifleet.worker.WorkerUnderTest;
import phifleet.worker.http.GrpcClient;

/**
 * Tensors by the Open Inference Protocol, as bytes in both directions, over HTTP or over gRPC by its makers' own client, against the bare session with the same tensors, turn by turn
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

    /** Until the JVM has compiled what a request runs through for good, which it does once that was called 5,000 times. */
    private static final int REQUESTS_TO_WARM_UP = 6_000;

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

    /** A way to send tensors to a model. */
    private interface Way extends AutoCloseable {
        /** The same tensors in turn, by clients that never rest. */
        Turns.Measured send(String model, int clients, int requests) throws Exception;

        @Override
        void close();
    }

    /** What a request costs over HTTP, less the load driver's own processor time. */
    private record Http(WorkerUnderTest worker, String input, List<Tensor> tensors) implements Way {
        @Override
        public Turns.Measured send(String model, int clients, int requests) throws Exception {
            return Driven.over(worker.uri(), calls(model, input, tensors), clients, requests);
        }

        @Override
        public void close() {}
    }

    /** The same over gRPC, on one channel; the client's own processor time is in it. */
    private record Grpc(GrpcClient client, String input, List<Tensor> tensors) implements Way {
        @Override
        public Turns.Measured send(String model, int clients, int requests) throws Exception {
            List<ModelInferRequest> asked = tensors.stream()
                    .map(tensor -> request(model, input, tensor))
                    .toList();
            return Driven.bare(clients, requests, i -> client.infer(asked.get(i % DIFFERENT)));
        }

        private static ModelInferRequest request(String model, String input, Tensor tensor) {
            return ModelInferRequest.newBuilder()
                    .setModelName(model)
                    .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                            .setName(input)
                            .setDatatype("FP32")
                            .addAllShape(tensor.shape()))
                    .addRawInputContents(ByteString.copyFrom(tensor.data()))
                    .build();
        }

        @Override
        public void close() {
            client.close();
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path cache = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        boolean grpc = arguments[2].equals("grpc");
        if (!grpc && !arguments[2].equals("http")) {
            throw new IllegalArgumentException("tensors go over http or grpc, not over " + arguments[2]);
        }
        Path model = SharedFiles.file("models/mobilenet_v2_fp32.onnx");
        String yaml = """
                models:
                  - {id: probed, path: %1$s}
                  - {id: single, path: %1$s, batch-size: 1}
                  - {id: eight, path: %1$s, batch-size: 8}
                  - {id: company, path: %1$s, batch-size: 16, batch-timeout-ms: 5}
                """.formatted(model);
        try (WorkerUnderTest worker = WorkerUnderTest.start(cache, yaml, settings());
                OnnxSession session = OnnxSession.open(model, SessionSettings.on(Provider.PLAIN_CPU))) {
            List<Tensor> tensors = tensors();
            String input = session.inputs().getFirst().name();
            List<String> outputs = List.of(session.outputs().getFirst().name());
            Driven.Item alone = index -> session.run(Map.of(input, tensors.get(index % DIFFERENT)), outputs);
            try (Way way = grpc
                    ? new Grpc(new GrpcClient(worker.grpcPort()), input, tensors)
                    : new Http(worker, input, tensors)) {
                compare(way, alone, grpc ? "gRPC" : "HTTP", rounds);
                rows(way, worker, rounds);
            }
        }
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Driven.PATIENT);
        settings.put("GRPC_PORT", "0");
        return settings;
    }

    private static void compare(Way way, Driven.Item alone, String protocol, int rounds) throws Exception {
        way.send("single", CLIENTS, REQUESTS_TO_WARM_UP);
        Turns turns = new Turns()
                .add(ONE, () -> way.send("single", 1, REQUESTS_OF_ONE))
                .add(ONE_BARE, () -> Driven.bare(1, REQUESTS_OF_ONE, alone))
                .add(MANY, () -> way.send("single", CLIENTS, REQUESTS))
                .add(MANY_BARE, () -> Driven.bare(CORES, REQUESTS, alone))
                .warmUp(WARM_UPS)
                .run(rounds);
        System.out.printf(Locale.ROOT, "%d cores, %d rounds%n", CORES, rounds);
        turns.paces("tensors");
        turns.ratio("OIP over " + protocol + " / bare session, 1 client", ONE, ONE_BARE, BAR);
        turns.ratio("OIP over " + protocol + " / bare session, " + CLIENTS + " clients", MANY, MANY_BARE, BAR);
    }

    private static void rows(Way way, WorkerUnderTest worker, int rounds) throws Exception {
        Turns turns = new Turns();
        turns.add(SINGLE, () -> way.send("single", CROWD, REQUESTS));
        turns.add(PROBED, () -> way.send("probed", CROWD, REQUESTS));
        turns.add(EIGHT, () -> way.send("eight", CROWD, REQUESTS));
        turns.add(COMPANY, () -> way.send("company", CROWD, REQUESTS));
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
