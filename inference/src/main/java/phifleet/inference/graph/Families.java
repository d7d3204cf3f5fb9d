package phifleet.inference.graph;

import org.jspecify.annotations.Nullable;
import phifleet.inference.graph.decoder.Bloom;
import phifleet.inference.graph.decoder.Cohere;
import phifleet.inference.graph.decoder.FirstOlmo;
import phifleet.inference.graph.decoder.Gemma;
import phifleet.inference.graph.decoder.Gpt2;
import phifleet.inference.graph.decoder.GptJ;
import phifleet.inference.graph.decoder.GptNeo;
import phifleet.inference.graph.decoder.GptNeoX;
import phifleet.inference.graph.decoder.Granite;
import phifleet.inference.graph.decoder.Llama;
import phifleet.inference.graph.decoder.Olmo;
import phifleet.inference.graph.decoder.Opt;
import phifleet.inference.graph.decoder.Phi;
import phifleet.inference.graph.decoder.Phi3;
import phifleet.inference.graph.decoder.Qwen;
import phifleet.inference.graph.decoder.SmolLm3;
import phifleet.inference.graph.decoder.StableLm;
import phifleet.inference.graph.decoder.Starcoder2;
import phifleet.inference.graph.encoder.Albert;
import phifleet.inference.graph.encoder.Bart;
import phifleet.inference.graph.encoder.Bert;
import phifleet.inference.graph.encoder.BigBird;
import phifleet.inference.graph.encoder.ConvBert;
import phifleet.inference.graph.encoder.Deberta;
import phifleet.inference.graph.encoder.DebertaV2;
import phifleet.inference.graph.encoder.DistilBert;
import phifleet.inference.graph.encoder.Electra;
import phifleet.inference.graph.encoder.Esm;
import phifleet.inference.graph.encoder.Gte;
import phifleet.inference.graph.encoder.JinaBert;
import phifleet.inference.graph.encoder.Longformer;
import phifleet.inference.graph.encoder.MobileBert;
import phifleet.inference.graph.encoder.ModernBert;
import phifleet.inference.graph.encoder.MpNet;
import phifleet.inference.graph.encoder.NomicBert;
import phifleet.inference.graph.encoder.PreNormBert;
import phifleet.inference.graph.encoder.RemBert;
import phifleet.inference.graph.encoder.RoFormer;
import phifleet.inference.graph.encoder.SqueezeBert;
import phifleet.inference.graph.encoder.T5Encoder;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Positions;

/** The families that are built, by the names that config.json has for them. */
final class Families {
    private Families() {}

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
            case "qwen2" -> Qwen.SECOND;
            case "qwen3" -> Qwen.THIRD;
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
            case "qwen2 Qwen2Model" -> Qwen.GTE;
            case "bert JinaBertModel", "bert JinaBertForMaskedLM" -> new JinaBert();
            default -> null;
        };
    }

    /** What {@link #of} knows, for messages. */
    static final String KNOWN =
            "bert, ernie, roberta, xlm-roberta, camembert, data2vec-text, big_bird, megatron-bert, roberta-prelayernorm, esm, "
                    + "xlm-roberta-xl, roformer, albert, electra, mobilebert, squeezebert, rembert, convbert, longformer, deberta, deberta-v2, distilbert, mpnet, modernbert, "
                    + "nomic_bert, new, gte, bart, bloom, gptj, opt, eurobert, llama, llama_bidirec, mistral, qwen2, qwen3, stablelm, starcoder2, phi, cohere, cohere2, olmo, olmo2, olmo3, gpt2, gpt_neo, gpt_neox, smollm3, granite, phi3, gemma, gemma2, gemma3_text, t5, mt5, umt5";
}
