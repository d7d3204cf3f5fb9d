package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.graph.safetensors.Safetensors;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.RankingPrompt;
import phifleet.inference.model.VectorModule;
import phifleet.inference.text.module.Dense;

/**
 * The layers that transformers puts behind an encoder whose folder has weights alone, by the architecture that config.json names. An
 * architecture that is not among them is refused: heads of unlike make have weights of like names.
 *
 * <p>Source: the classes {@code …ForSequenceClassification} and {@code …ForTokenClassification} of transformers 4.57 and their heads;
 * {@code NewForSequenceClassification} of Alibaba-NLP/new-impl.
 *
 * @param pooling which token's vector goes through them, or none where each goes
 */
record HeadLayers(Pooling pooling, List<VectorModule> modules) {
    private static final String SEQUENCE = "ForSequenceClassification";
    private static final String TOKEN = "ForTokenClassification";
    private static final String CAUSAL = "ForCausalLM";

    HeadLayers {
        modules = List.copyOf(modules);
    }

    /** Whether an architecture gives a number for each token of a vocabulary, at each place. */
    static boolean isLanguageModel(JsonFile config) {
        return architecture(config).endsWith(CAUSAL);
    }

    static String architecture(JsonFile config) {
        return config.at("architectures").path(0).asText("");
    }

    /**
     * Reads them.
     *
     * @param file the weights of encoder and head
     * @param prompt how a decoder that ranks is asked; null for all others
     */
    static HeadLayers read(JsonFile config, Path file, @Nullable RankingPrompt prompt) throws ModelException {
        String architecture = architecture(config);
        HeadTensors weights = new HeadTensors(config, Safetensors.read(file));
        if (architecture.startsWith("Qwen2For") && !config.at("auto_map").isEmpty()) {
            throw new ModelException(
                    config.path() + ": the head of " + architecture + " is made by code of the folder's"
                            + " own (auto_map), which is not supported; an exported graph is needed, such as onnx/model.onnx");
        }
        if (architecture.endsWith(SEQUENCE)) {
            return ofSequence(architecture.substring(0, architecture.length() - SEQUENCE.length()), weights);
        }
        if (architecture.endsWith(TOKEN)) {
            return ofTokens(architecture.substring(0, architecture.length() - TOKEN.length()), weights);
        }
        if (architecture.endsWith(CAUSAL) && prompt != null && prompt.comparesTokens()) {
            return new HeadLayers(Pooling.LAST, weights.vocabulary(prompt.yes(), prompt.no()));
        }
        throw weights.unknown(architecture);
    }

    private static HeadLayers ofSequence(String encoder, HeadTensors weights) throws ModelException {
        return switch (encoder) {
            case "Bert", "New", "NomicBert", "Ernie", "MegatronBert", "SqueezeBert", "RemBert" ->
                new HeadLayers(
                        Pooling.CLS,
                        List.of(weights.dense("pooler.dense", Dense.Activation.TANH), weights.linear("classifier")));
            case "Albert" ->
                new HeadLayers(
                        Pooling.CLS,
                        List.of(weights.dense("pooler", Dense.Activation.TANH), weights.linear("classifier")));
            case "Deberta", "DebertaV2" ->
                new HeadLayers(
                        Pooling.CLS,
                        List.of(
                                weights.dense("pooler.dense", weights.activation("pooler_hidden_act")),
                                weights.linear("classifier")));
            case "Roberta",
                    "XLMRoberta",
                    "Camembert",
                    "Data2VecText",
                    "MPNet",
                    "XLMRobertaXL",
                    "RobertaPreLayerNorm",
                    "Esm" ->
                new HeadLayers(
                        Pooling.CLS,
                        List.of(
                                weights.dense("classifier.dense", Dense.Activation.TANH),
                                weights.linear("classifier.out_proj")));
            case "Bart" ->
                new HeadLayers(
                        Pooling.LAST,
                        List.of(
                                weights.dense("classification_head.dense", Dense.Activation.TANH),
                                weights.linear("classification_head.out_proj")));
            case "MobileBert" ->
                new HeadLayers(
                        Pooling.CLS,
                        weights.config().at("classifier_activation").asBoolean(true)
                                ? List.of(
                                        weights.dense("pooler.dense", Dense.Activation.TANH),
                                        weights.linear("classifier"))
                                : List.of(weights.linear("classifier")));
            case "BigBird", "RoFormer", "ConvBert" ->
                new HeadLayers(
                        Pooling.CLS,
                        List.of(
                                weights.dense("classifier.dense", weights.activation("hidden_act")),
                                weights.linear("classifier.out_proj")));
            case "Electra" ->
                new HeadLayers(
                        Pooling.CLS,
                        List.of(
                                weights.dense("classifier.dense", Dense.Activation.GELU),
                                weights.linear("classifier.out_proj")));
            case "DistilBert" ->
                new HeadLayers(
                        Pooling.CLS,
                        List.of(weights.dense("pre_classifier", Dense.Activation.RELU), weights.linear("classifier")));
            case "ModernBert" -> new HeadLayers(weights.modernPooling(), modern(weights));
            case "EuroBert" ->
                new HeadLayers(
                        weights.euroPooling(),
                        List.of(weights.dense("dense", Dense.Activation.GELU), weights.linear("classifier")));
            case "Qwen2",
                    "Qwen3",
                    "Llama",
                    "Mistral",
                    "GPT2",
                    "GPTNeo",
                    "GPTNeoX",
                    "GPTJ",
                    "OPT",
                    "Bloom",
                    "Gemma",
                    "Gemma2",
                    "Gemma3Text",
                    "Olmo",
                    "Olmo2",
                    "Olmo3",
                    "SmolLM3",
                    "StableLm",
                    "Starcoder2",
                    "Phi",
                    "Phi3" ->
                new HeadLayers(Pooling.lastBut(filling(encoder, weights)), List.of(weights.linear("score")));
            case "Longformer" ->
                throw new ModelException(weights.config().path() + ": the first token of a text sees all others in "
                        + encoder + SEQUENCE
                        + ", which cannot be made of weights alone; an exported graph is needed, such as "
                        + "onnx/model.onnx");
            default -> throw weights.unknown(encoder + SEQUENCE);
        };
    }

    /** The token that ends no text; where config.json has none, what the class of its settings has. */
    private static int filling(String encoder, HeadTensors weights) {
        int usual = switch (encoder) {
            case "Gemma", "Gemma2", "Gemma3Text" -> 0;
            case "Olmo", "Olmo2", "Olmo3", "OPT" -> 1;
            case "Phi3" -> 32_000;
            case "SmolLM3" -> 128_004;
            default -> -1;
        };
        JsonNode said = weights.config().at("pad_token_id");
        return said.isMissingNode() ? usual : said.asInt(-1);
    }

    private static HeadLayers ofTokens(String encoder, HeadTensors weights) throws ModelException {
        return switch (encoder) {
            case "Bert",
                    "Ernie",
                    "MegatronBert",
                    "BigBird",
                    "RoFormer",
                    "XLMRobertaXL",
                    "RobertaPreLayerNorm",
                    "Esm",
                    "Albert",
                    "Deberta",
                    "DebertaV2",
                    "Roberta",
                    "XLMRoberta",
                    "Camembert",
                    "Data2VecText",
                    "MPNet",
                    "Electra",
                    "MobileBert",
                    "SqueezeBert",
                    "RemBert",
                    "ConvBert",
                    "Longformer",
                    "GPT2",
                    "GPTNeo",
                    "GPTNeoX",
                    "Bloom",
                    "EuroBert",
                    "NomicBert",
                    "T5",
                    "MT5",
                    "UMT5",
                    "DistilBert" -> new HeadLayers(Pooling.NONE, List.of(weights.linear("classifier")));
            case "ModernBert" -> new HeadLayers(Pooling.NONE, modern(weights));
            case "Qwen2",
                    "Qwen3",
                    "Llama",
                    "Mistral",
                    "Gemma",
                    "Gemma2",
                    "SmolLM3",
                    "StableLm",
                    "Starcoder2",
                    "Phi",
                    "Phi3" -> new HeadLayers(Pooling.NONE, List.of(weights.linear("score")));
            default -> throw weights.unknown(encoder + TOKEN);
        };
    }

    private static List<VectorModule> modern(HeadTensors weights) throws ModelException {
        List<VectorModule> modules = new ArrayList<>();
        modules.add(weights.dense("head.dense", weights.activation("classifier_activation")));
        modules.add(weights.norm("head.norm"));
        modules.add(weights.linear("classifier"));
        return modules;
    }
}
