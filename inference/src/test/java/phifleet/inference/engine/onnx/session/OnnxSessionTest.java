package phifleet.inference.engine.onnx.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Residency;
import phifleet.inference.model.Tensor;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoWriter;
import phifleet.inference.testing.Workbench;

class OnnxSessionTest {
    private static final SessionSettings CPU = SessionSettings.on(Provider.PLAIN_CPU);
    private static final List<Long> SHAPE = List.of(3L, 2L);

    @TempDir
    private Path folder;

    @BeforeAll
    static void engine() {
        assertThat(Workbench.engines()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void run_eachElementType_comesBackAsItWent(ElementType type) throws Exception {
        try (OnnxSession session = OnnxSession.open(identity(type), CPU)) {
            assertThat(session.inputs()).containsExactly(new OnnxSession.Value("in", type, List.of(-1L, 2L)));
            Tensor given = example(type);
            Tensor found = run(session, given);
            assertThat(found.type()).isEqualTo(type);
            assertThat(found.shape()).isEqualTo(SHAPE);
            assertThat(found.data()).isEqualTo(given.data());
            if (type == ElementType.STRING) {
                assertThat(found.strings()).isEqualTo(given.strings());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STRING")
    void runInto_eachElementType_writesToTheCallersMemory(ElementType type) throws Exception {
        try (OnnxSession session = OnnxSession.open(identity(type), CPU)) {
            ByteBuffer memory = Tensor.allocate(type, SHAPE);
            session.runInto(Map.of("in", example(type)), Map.of("out", Tensor.of(type, SHAPE, memory)));
            assertThat(memory).isEqualTo(example(type).data());
        }
    }

    @Test
    void run_partOfATensor_isReadInPlace() throws Exception {
        try (OnnxSession session = OnnxSession.open(identity(ElementType.INT64), CPU)) {
            Tensor whole = Tensor.of(List.of(4L, 2L), 1, 2, 3, 4, 5, 6, 7, 8);
            Tensor found = run(session, whole.rows(1, 3));
            assertThat(found.longs())
                    .isEqualTo(Tensor.of(List.of(2L, 2L), 3, 4, 5, 6).longs());
        }
    }

    @Test
    void run_heapMemory_isTakenToo() throws Exception {
        try (OnnxSession session = OnnxSession.open(identity(ElementType.UINT32), CPU)) {
            ByteBuffer heap = ByteBuffer.allocate(24).putInt(4, -2);
            Tensor found = run(session, Tensor.of(ElementType.UINT32, SHAPE, heap));
            assertThat(found.data()).isEqualTo(heap);
        }
    }

    @Test
    void run_namesThatTheGraphHasNot_areNamedInTheError() throws Exception {
        try (OnnxSession session = OnnxSession.open(identity(ElementType.FP32), CPU)) {
            Tensor given = example(ElementType.FP32);
            assertThatThrownBy(() -> session.run(Map.of("in", given), List.of("other")))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("the graph has no output other, only [out]");
            assertThatThrownBy(() -> session.run(Map.of("wrong", given), List.of("out")))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("wrong");
            assertThatThrownBy(() -> session.run(Map.of("in", example(ElementType.FP64)), List.of("out")))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("expected: (tensor(float))");
        }
    }

    @Test
    void runInto_wrongShape_isRefused() throws Exception {
        try (OnnxSession session = OnnxSession.open(identity(ElementType.FP32), CPU)) {
            Tensor small = Tensor.of(List.of(1L, 2L), 0f, 0f);
            assertThatThrownBy(() -> session.runInto(Map.of("in", example(ElementType.FP32)), Map.of("out", small)))
                    .isInstanceOf(ModelException.class);
        }
    }

    @Test
    void open_noGraph_saysSo() throws Exception {
        Path file = Files.writeString(folder.resolve("no.onnx"), "not a graph");
        assertThatThrownBy(() -> OnnxSession.open(file, CPU))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no.onnx");
    }

    @Test
    void open_graphThatTheOptimiserFailsAt_isTriedAtTheNextLevel() throws Exception {
        Path graph = identity(ElementType.FP32);
        for (int failures = 1; failures <= 3; failures++) {
            AtomicInteger left = new AtomicInteger(failures);
            OnnxSession.Source source = (environment, options) -> {
                if (left.getAndDecrement() > 0) {
                    throw new OrtException(
                            OrtException.OrtErrorCode.ORT_FAIL,
                            "Attempting to get index by a name: InsertedPrecisionFreeCast");
                }
                return environment.createSession(graph.toString(), options);
            };
            if (failures < 3) {
                try (OnnxSession session = OnnxSession.open("half", CPU, source)) {
                    assertThat(run(session, example(ElementType.FP32)).shape()).isEqualTo(SHAPE);
                }
            } else {
                assertThatThrownBy(() -> OnnxSession.open("half", CPU, source))
                        .isInstanceOf(ModelException.class)
                        .hasMessageContaining("InsertedPrecisionFreeCast");
            }
        }
    }

    @Test
    void open_fileThatIsNotThere_isTriedOnce() {
        AtomicInteger tries = new AtomicInteger();
        assertThatThrownBy(() -> OnnxSession.open("none", CPU, (environment, options) -> {
                    tries.incrementAndGet();
                    throw new OrtException(OrtException.OrtErrorCode.ORT_NO_SUCHFILE, "no such file");
                }))
                .isInstanceOf(ModelException.class);
        assertThat(tries).hasValue(1);
    }

    @Test
    void open_providerThatTheLibraryHasNot_isRefusedWithTheReason() throws Exception {
        Path graph = identity(ElementType.FP32);
        for (Provider provider : List.of(
                new Provider.Cuda(0, new Provider.GpuMemory(1L << 30, true), true),
                new Provider.TensorRt(0, Provider.GpuMemory.ALL, folder.resolve("engines"), true, false),
                new Provider.OpenVino("CPU"))) {
            assertThatThrownBy(() -> OnnxSession.open(graph, SessionSettings.on(provider)))
                    .as(provider.toString())
                    .isInstanceOf(ModelException.class);
        }
    }

    private static Tensor run(OnnxSession session, Tensor given) throws ModelException {
        return Objects.requireNonNull(
                session.run(Map.of("in", given), List.of("out")).get("out"));
    }

    private Path identity(ElementType type) throws Exception {
        ProtoWriter graph = new ProtoWriter()
                .message(
                        OnnxSignature.GRAPH_NODE,
                        new ProtoWriter()
                                .text(OnnxNode.INPUT, "in")
                                .text(OnnxNode.OUTPUT, "out")
                                .text(OnnxNode.OPERATOR, "Identity"))
                .text(2, "identity")
                .message(OnnxSignature.GRAPH_INPUT, rowsOfTwo("in", type))
                .message(OnnxSignature.GRAPH_OUTPUT, rowsOfTwo("out", type));
        ProtoWriter model = new ProtoWriter()
                .varint(1, 8)
                .message(8, new ProtoWriter().varint(2, 16))
                .message(OnnxSignature.MODEL_GRAPH, graph);
        return Files.write(folder.resolve(type + ".onnx"), model.toByteArray());
    }

    private static ProtoWriter rowsOfTwo(String name, ElementType type) {
        ProtoWriter shape =
                new ProtoWriter().message(1, new ProtoWriter().text(2, "n")).message(1, new ProtoWriter().varint(1, 2));
        ProtoWriter tensor = new ProtoWriter().varint(1, type.onnx()).message(2, shape);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
    }

    private static Tensor example(ElementType type) {
        if (type == ElementType.STRING) {
            return Tensor.ofStrings(SHAPE, List.of("a", "", "äöü", "d", "\uD83D\uDE00", "f"));
        }
        ByteBuffer data = Tensor.allocate(type, SHAPE);
        // Bits that differ, and the highest of each element set once: what is negative where a type has a sign.
        IntStream.range(0, data.capacity())
                .forEach(i -> data.put(i, (byte) (type == ElementType.BOOL ? i % 2 : i * 31 + 0x81)));
        return Tensor.of(type, SHAPE, data);
    }

    @Test
    void settle_whileOthersRun_answersAll_andIsDoneOnce() throws Exception {
        SessionSettings mapped = CPU.with(Residency.MAPPED_FIRST);
        AtomicInteger opened = new AtomicInteger();
        byte[] graph = Files.readAllBytes(identity(ElementType.FP32));
        try (OnnxSession session = OnnxSession.open("identity", mapped, (environment, options) -> {
                    opened.incrementAndGet();
                    return environment.createSession(graph, options);
                });
                ExecutorService callers = Executors.newFixedThreadPool(3)) {
            AtomicBoolean settled = new AtomicBoolean();
            List<Future<Integer>> all = new ArrayList<>();
            for (int caller = 0; caller < 3; caller++) {
                all.add(callers.submit(() -> {
                    int runs = 0;
                    for (int after = 0; after < 50; after += settled.get() ? 1 : 0) {
                        assertThat(run(session, example(ElementType.FP32)).data())
                                .isEqualTo(example(ElementType.FP32).data());
                        runs++;
                    }
                    return runs;
                }));
            }
            session.settle();
            session.settle();
            settled.set(true);
            for (Future<Integer> runs : all) {
                assertThat(runs.get()).isGreaterThanOrEqualTo(50);
            }
            assertThat(opened).hasValue(2);
        }
    }

    @Test
    void settle_ofOneThatIsClosed_orHasItsForm_doesNothing() throws Exception {
        OnnxSession closed = OnnxSession.open(identity(ElementType.FP32), CPU.with(Residency.MAPPED_FIRST));
        closed.close();
        closed.close();
        closed.settle();
        try (OnnxSession plain = OnnxSession.open(identity(ElementType.FP32), CPU)) {
            plain.settle();
            assertThat(run(plain, example(ElementType.FP32)).data())
                    .isEqualTo(example(ElementType.FP32).data());
        }
    }
}
