package phifleet.inference.graph;

import java.util.List;
import phifleet.inference.model.ModelException;
import phifleet.inference.onnx.ProtoWriter;

/**
 * The head of a masked language model, and of its numbers for each token the largest of a text, as sparse encoders have it (SPLADE,
 * Formal et al., 2021): texts × vocabulary. A step takes one text, so that no more than one text's numbers of the vocabulary are there at a
 * time, and a text's result does not depend on its neighbours.
 *
 * <p>Source: the classes {@code …ForMaskedLM} of transformers 4.57.
 *
 * @param dense the layer before the vocabulary's
 * @param norm what scales its numbers
 * @param activation the setting of the bend between them; empty where it is GELU always
 * @param epsilon the setting of the norm's
 * @param usualEpsilon where that is not set
 * @param decoder the vocabulary's layer, which most files leave out, since it is the table of words
 * @param bias its bias, by the names that it has had
 */
record VocabularyHead(
        String dense,
        String norm,
        String activation,
        String epsilon,
        double usualEpsilon,
        String decoder,
        List<String> bias) {
    private static final String MASKED = "ForMaskedLM";

    /** What a masked language model is called whose head is built here, for messages. */
    static final String KNOWN = "Bert, Ernie, DistilBert, Roberta, XLMRoberta, Camembert, MPNet and ModernBert";

    private static VocabularyHead of(Config config) throws ModelException {
        List<String> architectures = config.texts("architectures");
        String name = architectures.isEmpty() ? "no architecture" : architectures.getFirst();
        return switch (name) {
            case "Bert" + MASKED, "Ernie" + MASKED ->
                new VocabularyHead(
                        "cls.predictions.transform.dense",
                        "cls.predictions.transform.LayerNorm",
                        "hidden_act",
                        "layer_norm_eps",
                        1e-12,
                        "cls.predictions.decoder.weight",
                        List.of("cls.predictions.bias", "cls.predictions.decoder.bias"));
            case "DistilBert" + MASKED ->
                new VocabularyHead(
                        "vocab_transform",
                        "vocab_layer_norm",
                        "activation",
                        "layer_norm_eps",
                        1e-12,
                        "vocab_projector.weight",
                        List.of("vocab_projector.bias"));
            case "Roberta" + MASKED, "XLMRoberta" + MASKED, "Camembert" + MASKED, "MPNet" + MASKED ->
                new VocabularyHead(
                        "lm_head.dense",
                        "lm_head.layer_norm",
                        "",
                        "layer_norm_eps",
                        1e-12,
                        "lm_head.decoder.weight",
                        List.of("lm_head.bias", "lm_head.decoder.bias"));
            case "ModernBert" + MASKED ->
                new VocabularyHead(
                        "head.dense",
                        "head.norm",
                        "classifier_activation",
                        "norm_eps",
                        1e-5,
                        "decoder.weight",
                        List.of("decoder.bias"));
            default ->
                throw config.refused("the head of " + name + " cannot be made of weights alone; those of " + MASKED
                        + " of " + KNOWN + " can, others need an exported graph, such as onnx/model.onnx");
        };
    }

    /**
     * Writes it.
     *
     * @param family whose table of words it shares
     * @param hidden tokens × width
     * @return texts × vocabulary, in the order of the texts
     */
    static String write(Parts parts, Family family, String hidden, int width) throws ModelException {
        return of(parts.config()).after(parts, family.landmark(), hidden, width);
    }

    private String after(Parts parts, String words, String hidden, int width) throws ModelException {
        Config config = parts.config();
        Weights weights = parts.weights();
        int vocabulary = config.size("vocab_size");
        Graph graph = parts.graph();
        String x = graph.op(
                "Gemm",
                withBias(weights, hidden, weights.ofHead(dense + ".weight", width, width), dense, width),
                Attribute.of("transB", 1));
        String bent = parts.activation(x, activation.isEmpty() ? "gelu" : config.text(activation, "gelu"));
        String normed = graph.op(
                "LayerNormalization",
                withBias(weights, bent, weights.ofHead(norm + ".weight", width), norm, width),
                Attribute.of("axis", -1),
                Attribute.of("epsilon", (float) config.number(epsilon, usualEpsilon)));
        String table = weights.hasHead(decoder)
                ? weights.ofHead(decoder, vocabulary, width)
                : weights.floats(words, vocabulary, width);
        String shift = null;
        for (String name : bias) {
            shift = shift == null && weights.hasHead(name) ? weights.ofHead(name, vocabulary) : shift;
        }
        if (shift == null) {
            throw config.refused("the head's bias is not there: none of " + bias);
        }
        return largest(graph, normed, table, shift, vocabulary);
    }

    /** What an operator takes, with the layer's bias where it has one. */
    private static List<String> withBias(Weights weights, String x, String scale, String layer, int width)
            throws ModelException {
        String bias = layer + ".bias";
        return weights.hasHead(bias) ? List.of(x, scale, weights.ofHead(bias, width)) : List.of(x, scale);
    }

    private static String largest(Graph graph, String rows, String table, String bias, int vocabulary) {
        String texts = graph.input(EncoderGraph.TEXTS, Graph.INT64, "texts", 2);
        String step = graph.fresh("step");
        String going = graph.fresh("going");
        String before = graph.fresh("before");
        int real = graph.real().onnx();
        ProtoWriter body = graph.inner(
                List.of(
                        Graph.value(step, Graph.INT64),
                        Graph.value(going, Graph.BOOL),
                        Graph.value(before, real, "done", vocabulary)),
                () -> {
                    List<String> span = graph.numbers(texts, step, 2);
                    String own = graph.op("Slice", List.of(rows, span.get(0), span.get(1), graph.longs(0)));
                    String numbers = graph.op("Gemm", List.of(own, table, bias), Attribute.of("transB", 1));
                    String most = graph.op("ReduceMax", List.of(numbers, graph.longs(0)), Attribute.of("keepdims", 1));
                    String all = graph.op("Concat", List.of(before, most), Attribute.of("axis", 0));
                    String on = graph.op("Identity", List.of(going));
                    return List.of(
                            Graph.value(on, Graph.BOOL), Graph.value(all, real, graph.fresh("done"), vocabulary));
                });
        String steps = graph.op("Gather", List.of(graph.op("Shape", List.of(texts)), graph.scalar(0)));
        String one = graph.op("Unsqueeze", List.of(bias, graph.longs(0)));
        String nothing = graph.op("Slice", List.of(one, graph.longs(0), graph.longs(0)));
        return graph.op("Loop", List.of(steps, "", nothing), Attribute.of("body", body));
    }
}
