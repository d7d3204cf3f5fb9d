package phifleet.worker.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import phifleet.inference.model.TokenSequence;

/**
 * The model as a program without any server would run it: ONNX Runtime's own session on the file as it is, fully optimised,
 * one calling thread a core. Its outputs stay where they are: nothing is pooled or copied.
 */
final class BareSession implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    BareSession() throws OrtException, IOException {
        this(1);
    }

    /** @param threads inside one call, which wait as the engine has them wait unless told otherwise */
    BareSession(int threads) throws OrtException, IOException {
        try (InputStream in = BareSession.class.getResourceAsStream("/all-minilm-l6-v2.onnx");
                SessionOptions options = new SessionOptions()) {
            options.setOptimizationLevel(OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            session = environment.createSession(in.readAllBytes(), options);
        }
    }

    void run(List<TokenSequence> batch) throws OrtException {
        int rows = batch.size();
        int columns = batch.stream().mapToInt(TokenSequence::length).max().orElse(0);
        LongBuffer ids = longs(rows * columns);
        LongBuffer mask = longs(rows * columns);
        LongBuffer types = longs(rows * columns);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < batch.get(row).length(); i++) {
                ids.put(row * columns + i, batch.get(row).id(i));
                mask.put(row * columns + i, 1);
            }
        }
        long[] shape = {rows, columns};
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids, shape);
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask, shape);
                OnnxTensor typeTensor = OnnxTensor.createTensor(environment, types, shape);
                OrtSession.Result result = session.run(
                        Map.of("input_ids", idTensor, "attention_mask", maskTensor, "token_type_ids", typeTensor))) {
            if (result.size() != 1) {
                throw new IllegalStateException("the model has " + result.size() + " outputs");
            }
        }
    }

    /**
     * All texts in order of length, cut into batches, on several threads.
     *
     * @param mostTokens of a batch, padding included; 0 for batches of 32 texts
     */
    void runAll(List<TokenSequence> texts, int mostTokens, int threads) throws InterruptedException {
        List<List<TokenSequence>> batches = sortedBatches(texts, mostTokens);
        AtomicInteger next = new AtomicInteger();
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(Thread.ofPlatform().start(() -> {
                for (int at = next.getAndIncrement(); at < batches.size(); at = next.getAndIncrement()) {
                    try {
                        run(batches.get(at));
                    } catch (OrtException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }));
        }
        for (Thread thread : running) {
            thread.join();
        }
    }

    private static List<List<TokenSequence>> sortedBatches(List<TokenSequence> texts, int mostTokens) {
        // Longest first, so that the threads end together.
        List<TokenSequence> sorted = texts.stream()
                .sorted(Comparator.comparingInt(TokenSequence::length).reversed())
                .toList();
        List<List<TokenSequence>> batches = new ArrayList<>();
        List<TokenSequence> batch = new ArrayList<>();
        for (TokenSequence text : sorted) {
            int longest = batch.isEmpty() ? text.length() : batch.getFirst().length();
            boolean full = mostTokens == 0 ? batch.size() == 32 : (batch.size() + 1) * longest > mostTokens;
            if (full && !batch.isEmpty()) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(text);
        }
        batches.add(batch);
        return batches;
    }

    private static LongBuffer longs(int size) {
        return ByteBuffer.allocateDirect(size * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
