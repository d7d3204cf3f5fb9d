package phifleet.inference.graph;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attribute;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Graph;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Weights;
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
 * @param narrow the setting of its width; empty where that is the encoder's
 * @param activation the setting of the bend between them; empty where it is GELU always
 * @param epsilon the setting of the norm's
 * @param usualEpsilon where that is not set
 * @param decoder the vocabulary's layer, whose weights most files leave out, since they are the table of words
 * @param bias the name of its bias where it is not in that layer
 */
record VocabularyHead(
        String dense,
        String norm,
        String narrow,
        String activation,
        String epsilon,
        double usualEpsilon,
        String decoder,
        String bias) {
    private static final String MASKED = "ForMaskedLM";

    /** What a masked language model is called whose head is built here, for messages. */
    static final String KNOWN =
            "Bert, Ernie, MegatronBert, BigBird, RoFormer, Albert, Electra, DistilBert, Roberta, XLMRoberta,"
                    + " Camembert, MPNet, RobertaPreLayerNorm, XLMRobertaXL, Deberta, DebertaV2 and ModernBert";

    private static VocabularyHead of(Config config) throws ModelException {
        List<String> architectures = config.texts("architectures");
        String name = architectures.isEmpty() ? "no architecture" : architectures.getFirst();
        return switch (name) {
            case "Bert" + MASKED, "Ernie" + MASKED, "MegatronBert" + MASKED, "BigBird" + MASKED ->
                predictions("", 1e-12);
            case "RoFormer" + MASKED -> predictions("embedding_size", 1e-12);
            case "Deberta" + MASKED, "DebertaV2" + MASKED ->
                config.flag("legacy", true)
                        ? predictions("embedding_size", 1e-7)
                        : new VocabularyHead(
                                "lm_predictions.lm_head.dense",
                                "lm_predictions.lm_head.LayerNorm",
                                "",
                                "hidden_act",
                                "layer_norm_eps",
                                1e-7,
                                "lm_predictions.lm_head",
                                "lm_predictions.lm_head.bias");
            case "Albert" + MASKED ->
                new VocabularyHead(
                        "predictions.dense",
                        "predictions.LayerNorm",
                        "embedding_size",
                        "hidden_act",
                        "layer_norm_eps",
                        1e-12,
                        "predictions.decoder",
                        "predictions.bias");
            case "Electra" + MASKED ->
                new VocabularyHead(
                        "generator_predictions.dense",
                        "generator_predictions.LayerNorm",
                        "embedding_size",
                        "",
                        "layer_norm_eps",
                        1e-12,
                        "generator_lm_head",
                        "generator_lm_head.bias");
            case "DistilBert" + MASKED ->
                new VocabularyHead(
                        "vocab_transform",
                        "vocab_layer_norm",
                        "",
                        "activation",
                        "layer_norm_eps",
                        1e-12,
                        "vocab_projector",
                        "vocab_projector.bias");
            case "Roberta" + MASKED,
                    "XLMRoberta" + MASKED,
                    "Camembert" + MASKED,
                    "MPNet" + MASKED,
                    "RobertaPreLayerNorm" + MASKED -> roberta(1e-12);
            case "XLMRobertaXL" + MASKED -> roberta(1e-5);
            case "ModernBert" + MASKED ->
                new VocabularyHead(
                        "head.dense",
                        "head.norm",
                        "",
                        "classifier_activation",
                        "norm_eps",
                        1e-5,
                        "decoder",
                        "decoder.bias");
            default ->
                throw config.refused("the head of " + name + " cannot be made of weights alone; those of " + MASKED
                        + " of " + KNOWN + " can, others need an exported graph, such as onnx/model.onnx");
        };
    }

    private static VocabularyHead predictions(String narrow, double usualEpsilon) {
        return new VocabularyHead(
                "cls.predictions.transform.dense",
                "cls.predictions.transform.LayerNorm",
                narrow,
                "hidden_act",
                "layer_norm_eps",
                usualEpsilon,
                "cls.predictions.decoder",
                "cls.predictions.bias");
    }

    private static VocabularyHead roberta(double usualEpsilon) {
        return new VocabularyHead(
                "lm_head.dense",
                "lm_head.layer_norm",
                "",
                "",
                "layer_norm_eps",
                usualEpsilon,
                "lm_head.decoder",
                "lm_head.bias");
    }

    /**
     * Writes it.
     *
     * @param family whose table of words it shares
     * @param hidden tokens × width
     * @param squashed 0: a text has its tokens' largest numbers; else their sums, each by so many logarithms of one more
     * @return texts × vocabulary, in the order of the texts
     */
    static String write(Parts parts, Family family, String hidden, int width, int squashed) throws ModelException {
        return of(parts.config()).after(parts, family.landmark(), hidden, width, squashed);
    }

    private String after(Parts parts, String words, String hidden, int width, int squashed) throws ModelException {
        Config config = parts.config();
        Weights weights = parts.weights();
        int vocabulary = config.size("vocab_size");
        int inner = narrow.isEmpty() ? width : config.size(narrow, width);
        Graph graph = parts.graph();
        String x = graph.op(
                "Gemm",
                withBias(weights, hidden, weights.ofHead(dense + ".weight", inner, width), dense, inner),
                Attribute.of("transB", 1));
        String bent = parts.activation(x, activation.isEmpty() ? "gelu" : config.text(activation, "gelu"));
        String normed = graph.op(
                "LayerNormalization",
                withBias(weights, bent, weights.ofHead(norm + ".weight", inner), norm, inner),
                Attribute.of("axis", -1),
                Attribute.of("epsilon", (float) config.number(epsilon, usualEpsilon)));
        boolean own = !config.flag("tie_word_embeddings", true);
        String table =
                own ? weights.ofHead(decoder + ".weight", vocabulary, inner) : weights.floats(words, vocabulary, inner);
        return reduced(graph, normed, table, shift(parts, own, vocabulary), vocabulary, squashed);
    }

    /**
     * The bias of the vocabulary's layer. A layer that shares nothing with the table of words has its own, beside which transformers 5
     * keeps another that no run reads.
     */
    private String shift(Parts parts, boolean own, int vocabulary) throws ModelException {
        Graph graph = parts.graph();
        Weights weights = parts.weights();
        Config config = parts.config();
        String inLayer = decoder + ".bias";
        for (String name : own ? List.of(inLayer, bias) : List.of(bias, inLayer)) {
            if (weights.hasHead(name)) {
                return weights.ofHead(name, vocabulary);
            }
        }
        if (!config.flag("decoder_bias", true)) {
            return graph.table(List.of("no bias", vocabulary), () -> new float[vocabulary], vocabulary);
        }
        throw config.refused("the head's bias is not there: neither " + bias + " nor " + inLayer);
    }

    /** What an operator takes, with the layer's bias where it has one. */
    private static List<String> withBias(Weights weights, String x, String scale, String layer, int width)
            throws ModelException {
        String bias = layer + ".bias";
        return weights.hasHead(bias) ? List.of(x, scale, weights.ofHead(bias, width)) : List.of(x, scale);
    }

    private static String reduced(Graph graph, String rows, String table, String bias, int vocabulary, int squashed) {
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
                    String row = squashed == 0
                            ? graph.op("ReduceMax", List.of(numbers, graph.longs(0)), Attribute.of("keepdims", 1))
                            : sum(graph, numbers, squashed);
                    String all = graph.op("Concat", List.of(before, row), Attribute.of("axis", 0));
                    String on = graph.op("Identity", List.of(going));
                    return List.of(
                            Graph.value(on, Graph.BOOL), Graph.value(all, real, graph.fresh("done"), vocabulary));
                });
        String steps = graph.op("Gather", List.of(graph.op("Shape", List.of(texts)), graph.scalar(0)));
        String one = graph.op("Unsqueeze", List.of(bias, graph.longs(0)));
        String nothing = graph.op("Slice", List.of(one, graph.longs(0), graph.longs(0)));
        return graph.op("Loop", List.of(steps, "", nothing), Attribute.of("body", body));
    }

    /** In 32-bit floats, since many small numbers are added up. */
    private static String sum(Graph graph, String numbers, int squashed) {
        String weights = graph.op("Relu", List.of(graph.op("Cast", List.of(numbers), Attribute.of("to", Graph.FLOAT))));
        for (int time = 0; time < squashed; time++) {
            weights = graph.op("Log", List.of(graph.op("Add", List.of(weights, graph.scalar(1f)))));
        }
        String sum = graph.op("ReduceSum", List.of(weights, graph.longs(0)), Attribute.of("keepdims", 1));
        return graph.op("Cast", List.of(sum), Attribute.of("to", graph.real().onnx()));
    }
}
