package phifleet.worker.http.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import phifleet.http.Urgency;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.OcrPart;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Task;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.OcrModel;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.ocr.Characters;
import phifleet.inference.vision.ocr.Point;
import phifleet.inference.vision.ocr.Quad;
import phifleet.inference.vision.ocr.TextLine;
import phifleet.worker.http.FakeTensors;

class LineReaderTest {
    private final DecodePool pool = new DecodePool(1);
    private final LineReader reader = new LineReader(pool);
    private final AtomicInteger read = new AtomicInteger();

    @AfterEach
    void stop() {
        pool.close();
    }

    /** Lines that begin black are clear, others are not by so much. */
    private TextReaders models(float upsideDown, float unclear) {
        UnaryOperator<Tensor> ways = any -> Tensor.of(List.of(1L, 2L), 1 - upsideDown, upsideDown);
        UnaryOperator<Tensor> reading = line -> {
            read.incrementAndGet();
            return line.number(5) < 0
                    ? Tensor.of(List.of(1L, 1L, 4L), 0, 0.9f, 0, 0)
                    : Tensor.of(List.of(1L, 1L, 4L), 0, 0, unclear, 0);
        };
        return new TextReaders(
                model(OcrPart.DETECTION, UnaryOperator.identity()),
                model(OcrPart.DIRECTION, ways),
                model(OcrPart.RECOGNITION, reading));
    }

    private static OcrModel model(OcrPart part, UnaryOperator<Tensor> function) {
        FakeTensors network = new FakeTensors(
                part.label(),
                new Task.Ocr(part),
                new Signature(
                        List.of(new Signature.Value("x", ElementType.FP32, List.of(-1L, 3L, -1L, -1L))),
                        List.of(new Signature.Value("y", ElementType.FP32, List.of(-1L, -1L)))),
                1,
                inputs -> new TensorSet(Map.of("y", function.apply(Objects.requireNonNull(inputs.get("x"))))));
        return new OcrModel(network, part, Characters.of("a\nb"));
    }

    /** The left half is black, the right one white. */
    private static TextLine line() {
        byte[] rgb = new byte[3 * 200 * 20];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 % 200 < 100 ? 0 : 255);
        }
        return new TextLine(
                new Image(200, 20, rgb),
                new Quad(new Point(0, 0), new Point(199, 0), new Point(199, 19), new Point(0, 19)),
                false);
    }

    private List<String> texts(List<TextLine> lines, TextReaders models) throws Exception {
        Sight.Haste haste = new Sight.Haste(Urgency.Priority.BATCH, System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
        return reader.read(lines, models, haste).stream()
                .map(Characters.Read::text)
                .toList();
    }

    @Test
    void lineThatIsUpright_isReadOnce() throws Exception {
        assertThat(texts(List.of(line()), models(0.1f, 0.9f))).containsExactly("a");
        assertThat(read).hasValue(1);
    }

    @Test
    void lineThatIsUpsideDown_isReadTheOtherWay() throws Exception {
        assertThat(texts(List.of(line()), models(0.95f, 0.9f))).containsExactly("b");
    }

    @Test
    void lineThatSeemsUpsideDown_andIsClearOnlyAsItStands_isReadAsItStands() throws Exception {
        assertThat(texts(List.of(line()), models(0.95f, 0.5f))).containsExactly("a");
    }

    @Test
    void moreLinesThanAreReadAtOnce_areAllRead() throws Exception {
        assertThat(texts(Collections.nCopies(100, line()), models(0.1f, 0.9f)))
                .hasSize(100)
                .containsOnly("a");
        assertThat(texts(List.of(), models(0.1f, 0.9f))).isEmpty();
    }
}
