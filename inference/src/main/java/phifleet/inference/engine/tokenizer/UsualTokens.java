package phifleet.inference.engine.tokenizer;

import java.util.HashMap;
import java.util.Map;

/** The own tokens of transformers' classes by their names, where no file has them. */
final class UsualTokens {
    private static final String BOS = "bos_token";
    private static final String EOS = "eos_token";
    private static final String UNK = "unk_token";
    private static final String SEP = "sep_token";
    private static final String PAD = "pad_token";
    private static final String CLS = "cls_token";
    private static final String MASK = "mask_token";

    private static final Map<String, String> BERT =
            Map.of(UNK, "[UNK]", SEP, "[SEP]", PAD, "[PAD]", CLS, "[CLS]", MASK, "[MASK]");

    private static final Map<String, String> LLAMA = Map.of(BOS, "<s>", EOS, "</s>", UNK, "<unk>");

    private static final Map<String, String> ROBERTA =
            with(LLAMA, Map.of(SEP, "</s>", PAD, "<pad>", CLS, "<s>", MASK, "<mask>"));

    private static final Map<String, String> MPNET = with(ROBERTA, Map.of(UNK, "[UNK]"));

    private static final Map<String, String> T5 = Map.of(EOS, "</s>", UNK, "<unk>", PAD, "<pad>");

    private static final Map<String, String> GEMMA = Map.of(BOS, "<bos>", EOS, "<eos>", UNK, "<unk>", PAD, "<pad>");

    private static final Map<String, String> GEMMA_SINCE_5 = with(GEMMA, Map.of(MASK, "<mask>"));

    private static final Map<String, String> BIG_BIRD =
            with(LLAMA, Map.of(SEP, "[SEP]", PAD, "<pad>", CLS, "[CLS]", MASK, "[MASK]"));

    private static final Map<String, String> ALBERT = with(BIG_BIRD, Map.of(BOS, "[CLS]", EOS, "[SEP]"));

    private static final Map<String, String> ESM =
            Map.of(UNK, "<unk>", CLS, "<cls>", EOS, "<eos>", PAD, "<pad>", MASK, "<mask>");

    private static final Map<String, String> COHERE =
            Map.of(BOS, "<BOS_TOKEN>", EOS, "<|END_OF_TURN_TOKEN|>", UNK, "<UNK>", PAD, "<PAD>");

    private static final Map<String, String> GPT =
            Map.of(BOS, "<|endoftext|>", EOS, "<|endoftext|>", UNK, "<|endoftext|>");

    private static final Map<String, String> BLOOM = with(LLAMA, Map.of(PAD, "<pad>"));

    private static final Map<String, String> HERBERT =
            Map.of(UNK, "<unk>", CLS, "<s>", SEP, "</s>", PAD, "<pad>", MASK, "<mask>");

    private static final Map<String, String> XLNET =
            with(LLAMA, Map.of(SEP, "<sep>", PAD, "<pad>", CLS, "<cls>", MASK, "<mask>"));

    private static final Map<String, String> PEGASUS =
            Map.of(EOS, "</s>", UNK, "<unk>", PAD, "<pad>", MASK, "<mask_2>");

    private static final Map<String, String> QWEN =
            Map.of(EOS, "<|endoftext|>", UNK, "<|endoftext|>", PAD, "<|endoftext|>");

    private UsualTokens() {}

    private static Map<String, String> with(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(others);
        return Map.copyOf(all);
    }

    /** Those of a class in a release. */
    static Map<String, String> of(TokenizerClass known) {
        return switch (known.name()) {
            case "Albert", "RemBert" -> ALBERT;
            case "BigBird" -> BIG_BIRD;
            case "Deberta" -> BERT;
            case "Bart", "Barthez", "Blenderbot", "Camembert", "Longformer", "Roberta", "XLMRoberta" -> ROBERTA;
            case "MPNet" -> MPNET;
            case "Llama", "CodeLlama" -> LLAMA;
            case "T5" -> T5;
            case "Gemma" -> known.old() ? GEMMA : GEMMA_SINCE_5;
            case "Cohere" -> COHERE;
            case "Esm" -> ESM;
            case "GPT2", "GPTNeoX", "CodeGen", "Whisper" -> GPT;
            case "Qwen2" -> QWEN;
            case "Bloom" -> known.old() ? BLOOM : Map.of();
            case "Funnel", "XLNet" -> XLNET;
            case "Herbert" -> HERBERT;
            case "Pegasus" -> PEGASUS;
            default -> TokenizerClass.OF_BERT.contains(known.name()) ? BERT : Map.of();
        };
    }
}
