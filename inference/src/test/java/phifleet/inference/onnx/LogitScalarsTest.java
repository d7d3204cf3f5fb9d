package phifleet.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogitScalarsTest {
    private static final String LOGITS = "logits_per_image";
    private static final int TENSOR_TYPE = 2;
    private static final int TENSOR_FLOAT_DATA = 4;

    private final ProtoWriter graph = new ProtoWriter();

    private void node(String operator, String output, String... inputs) {
        ProtoWriter node = new ProtoWriter();
        List.of(inputs).forEach(input -> node.text(OnnxNode.INPUT, input));
        graph.message(
                OnnxSignature.GRAPH_NODE, node.text(OnnxNode.OUTPUT, output).text(OnnxNode.OPERATOR, operator));
    }

    private void weights(String name, float... values) {
        ProtoWriter tensor = new ProtoWriter();
        if (values.length > 1) {
            tensor.varint(OnnxSignature.TENSOR_DIMS, values.length);
        }
        tensor.varint(TENSOR_TYPE, OnnxSignature.FLOAT).text(OnnxSignature.TENSOR_NAME, name);
        for (float value : values) {
            tensor.fixed32(TENSOR_FLOAT_DATA, Float.floatToIntBits(value));
        }
        graph.message(OnnxSignature.GRAPH_INITIALIZER, tensor);
    }

    private LogitScalars read() {
        byte[] model =
                new ProtoWriter().message(OnnxSignature.MODEL_GRAPH, graph).toByteArray();
        return LogitScalars.of(ByteBuffer.wrap(model), LOGITS);
    }

    /** As CLIP is exported. */
    @Test
    void of_exponentOfAWeightBehindTheProduct_isTheScale() {
        weights("logit_scale", (float) Math.log(100));
        node("MatMul", "product", "texts", "images");
        node("Exp", "scale", "logit_scale");
        node("Mul", "logits_per_text", "product", "scale");
        node("Transpose", LOGITS, "logits_per_text");
        assertThat(read().scale()).isCloseTo(100, within(1e-3));
        assertThat(read().bias()).isZero();
    }

    /** As SigLIP is exported, and optimised. */
    @Test
    void of_foldedScaleAndBias_areBoth() {
        weights("scale", 20);
        weights("bias", -3);
        node("Transpose", "turned", "images");
        node("MatMul", "product", "texts", "turned");
        node("Mul", "scaled", "scale", "product");
        node("Add", "sum", "scaled", "bias");
        node("Transpose", LOGITS, "sum");
        assertThat(read()).isEqualTo(new LogitScalars(20, -3));
    }

    @Test
    void of_oneSideScaledBeforeTheProduct_isTheScale() {
        weights("scale", 14);
        weights("bias of a layer", 5);
        node("Div", "unit", "raw", "norm");
        node("Mul", "scaled", "unit", "scale");
        node("Add", "texts", "hidden", "bias of a layer");
        node("MatMul", LOGITS, "scaled", "texts");
        assertThat(read()).isEqualTo(new LogitScalars(14, 0));
    }

    @Test
    void of_nothingButAProduct_isNotKnown() {
        weights("a row", 1, 2, 3);
        node("MatMul", "product", "texts", "images");
        node("Mul", LOGITS, "product", "a row");
        assertThat(read().scale()).isNaN();
    }

    @Test
    void of_valueThatMakesItself_ends() {
        node("Mul", LOGITS, LOGITS, "more");
        node("Exp", "more", "more");
        assertThat(read().scale()).isNaN();
    }

    @Test
    void of_productsOfProducts_ends() {
        for (int i = 0; i < 100; i++) {
            node("MatMul", i == 0 ? LOGITS : "p" + i, "p" + (i + 1), "p" + (i + 1));
        }
        assertThat(read().scale()).isNaN();
    }

    @Test
    void of_graphCutShort_isNoGraph() {
        weights("scale", 20);
        node("Mul", LOGITS, "product", "scale");
        byte[] model =
                new ProtoWriter().message(OnnxSignature.MODEL_GRAPH, graph).toByteArray();
        for (int length = 1; length < model.length; length++) {
            ByteBuffer part = ByteBuffer.wrap(Arrays.copyOf(model, length));
            try {
                LogitScalars.of(part, LOGITS);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("protobuf");
            }
        }
    }
}
