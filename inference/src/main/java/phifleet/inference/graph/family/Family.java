package phifleet.inference.graph.family;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/** An architecture of encoders: from ids to one vector a token. */
public interface Family {
    /** The end of the name of a tensor that each of its models has exactly once; BERT's where a family does not say. */
    default String landmark() {
        return "embeddings.word_embeddings.weight";
    }

    /** The beginnings of the names of the encoder's own tensors, behind the prefix; all others are heads. BERT's by default too. */
    default List<String> stacks() {
        return List.of("embeddings.", "encoder.");
    }

    /** Whether its published code takes the types of tokens for words, whose rows it adds to all tokens. */
    default boolean takesTypesForWords() {
        return false;
    }

    /** Writes the operators. */
    Written write(Parts parts) throws ModelException;

    /**
     * What came of it.
     *
     * @param hidden tokens × width
     * @param mostTokens tokens of one text that its positions have room for
     */
    record Written(String hidden, int width, Attention attention, Positions positions, int mostTokens) {}

    /** The family of a {@code model_type}; null where it is not built. */
    static @Nullable Family of(String modelType) {
        return switch (modelType) {
            case "bert", "ernie" -> new Bert(Positions.FROM_ZERO);
            case "big_bird" -> new BigBird();
            case "esm" -> new Esm();
            case "megatron-bert" -> PreNormBert.MEGATRON;
            case "roberta-prelayernorm" -> PreNormBert.ROBERTA;
            case "xlm-roberta-xl" -> PreNormBert.XLM_ROBERTA_XL;
            case "roformer" -> new RoFormer();
            case "deberta" -> new Deberta();
            case "roberta", "xlm-roberta", "camembert", "data2vec-text" -> new Bert(null);
            case "albert" -> new Albert();
            case "electra" -> new Electra();
            case "mobilebert" -> new MobileBert();
            case "squeezebert" -> new SqueezeBert();
            case "rembert" -> new RemBert();
            case "convbert" -> new ConvBert();
            case "longformer" -> new Longformer();
            case "deberta-v2" -> new DebertaV2();
            case "distilbert" -> new DistilBert();
            case "mpnet" -> new MpNet();
            case "modernbert" -> new ModernBert();
            case "nomic_bert" -> new NomicBert();
            case "new" -> new Gte(false);
            case "gte" -> new Gte(true);
            case "eurobert" -> Llama.EUROBERT;
            case "llama" -> Llama.LLAMA;
            case "mistral" -> Llama.MISTRAL;
            case "qwen2", "qwen3" -> new Qwen(modelType.equals("qwen3"));
            case "llama_bidirec" -> Llama.NEMOTRON;
            case "stablelm" -> new StableLm();
            case "starcoder2" -> new Starcoder2();
            case "phi" -> new Phi();
            case "cohere", "cohere2" -> new Cohere(modelType.equals("cohere2"));
            case "olmo" -> new FirstOlmo();
            case "olmo2", "olmo3" -> new Olmo(modelType.equals("olmo3"));
            case "bart" -> new Bart();
            case "bloom" -> new Bloom();
            case "gptj" -> new GptJ();
            case "opt" -> new Opt();
            case "gpt2" -> new Gpt2();
            case "gpt_neo" -> new GptNeo();
            case "gpt_neox" -> new GptNeoX();
            case "smollm3" -> new SmolLm3();
            case "granite" -> new Granite();
            case "phi3" -> new Phi3();
            case "gemma" -> Gemma.FIRST;
            case "gemma2" -> Gemma.SECOND;
            case "gemma3_text" -> Gemma.THIRD;
            case "t5" -> new T5Encoder(false, "relu");
            case "mt5", "umt5" -> new T5Encoder(modelType.equals("umt5"), "gated-gelu");
            default -> null;
        };
    }

    /**
     * The family of a folder that brings code of its own; null where that code is not built here. Code that was published under one
     * name for one type is known; the same type with other code is another model.
     */
    static @Nullable Family ofCode(String modelType, String className) {
        return switch (modelType + " " + className) {
            case "nomic_bert NomicBertModel",
                    "new NewModel",
                    "eurobert EuroBertModel",
                    "llama_bidirec LlamaBidirectionalModel" -> of(modelType);
            case "gte GteModel" -> new Gte(false);
            case "bert JinaBertModel", "bert JinaBertForMaskedLM" -> new JinaBert();
            default -> null;
        };
    }

    /** What {@link #of} knows, for messages. */
    String KNOWN =
            "bert, ernie, roberta, xlm-roberta, camembert, data2vec-text, big_bird, megatron-bert, roberta-prelayernorm, esm, "
                    + "xlm-roberta-xl, roformer, albert, electra, mobilebert, squeezebert, rembert, convbert, longformer, deberta, deberta-v2, distilbert, mpnet, modernbert, "
                    + "nomic_bert, new, gte, bart, bloom, gptj, opt, eurobert, llama, llama_bidirec, mistral, qwen2, qwen3, stablelm, starcoder2, phi, cohere, cohere2, olmo, olmo2, olmo3, gpt2, gpt_neo, gpt_neox, smollm3, granite, phi3, gemma, gemma2, gemma3_text, t5, mt5, umt5";
}
