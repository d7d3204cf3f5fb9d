package phifleet.inference.engine.tokenizer;

import java.util.HashMap;
import java.util.Map;

/** The own tokens of transformers' classes by their names, where no file has them. */
final class UsualTokens {
    private static final Map<String, String> BERT = Map.of(
            "unk_token",
            "[UNK]",
            "sep_token",
            "[SEP]",
            "pad_token",
            "[PAD]",
            "cls_token",
            "[CLS]",
            "mask_token",
            "[MASK]");

    private static final Map<String, String> ROBERTA = Map.of(
            "bos_token",
            "<s>",
            "eos_token",
            "</s>",
            "unk_token",
            "<unk>",
            "sep_token",
            "</s>",
            "pad_token",
            "<pad>",
            "cls_token",
            "<s>",
            "mask_token",
            "<mask>");

    private static final Map<String, String> MPNET = Map.of(
            "bos_token",
            "<s>",
            "eos_token",
            "</s>",
            "unk_token",
            "[UNK]",
            "sep_token",
            "</s>",
            "pad_token",
            "<pad>",
            "cls_token",
            "<s>",
            "mask_token",
            "<mask>");

    private static final Map<String, String> LLAMA =
            Map.of("bos_token", "<s>", "eos_token", "</s>", "unk_token", "<unk>");

    private static final Map<String, String> T5 =
            Map.of("eos_token", "</s>", "unk_token", "<unk>", "pad_token", "<pad>");

    private static final Map<String, String> GEMMA =
            Map.of("bos_token", "<bos>", "eos_token", "<eos>", "unk_token", "<unk>", "pad_token", "<pad>");

    /** Of ALBERT and RemBERT. */
    private static final Map<String, String> ALBERT = Map.of(
            "bos_token",
            "[CLS]",
            "eos_token",
            "[SEP]",
            "unk_token",
            "<unk>",
            "sep_token",
            "[SEP]",
            "pad_token",
            "<pad>",
            "cls_token",
            "[CLS]",
            "mask_token",
            "[MASK]");

    private static final Map<String, String> BIG_BIRD = Map.of(
            "bos_token",
            "<s>",
            "eos_token",
            "</s>",
            "unk_token",
            "<unk>",
            "sep_token",
            "[SEP]",
            "pad_token",
            "<pad>",
            "cls_token",
            "[CLS]",
            "mask_token",
            "[MASK]");

    private static final Map<String, String> ESM = Map.of(
            "unk_token",
            "<unk>",
            "cls_token",
            "<cls>",
            "eos_token",
            "<eos>",
            "pad_token",
            "<pad>",
            "mask_token",
            "<mask>");

    private static final Map<String, String> COHERE = Map.of(
            "bos_token",
            "<BOS_TOKEN>",
            "eos_token",
            "<|END_OF_TURN_TOKEN|>",
            "unk_token",
            "<UNK>",
            "pad_token",
            "<PAD>");

    private static final Map<String, String> GPT =
            Map.of("bos_token", "<|endoftext|>", "eos_token", "<|endoftext|>", "unk_token", "<|endoftext|>");

    private UsualTokens() {}

    /** Those of a class in a release. */
    static Map<String, String> of(TokenizerClass known) {
        String name = known.name();
        if (name.equals("Gemma") && !known.old()) {
            Map<String, String> later = new HashMap<>(GEMMA);
            later.put("mask_token", "<mask>");
            return later;
        }
        if (name.equals("Albert") || name.equals("RemBert")) {
            return ALBERT;
        }
        if (name.equals("BigBird")) {
            return BIG_BIRD;
        }
        if (TokenizerClass.OF_BERT.contains(name)) {
            return BERT;
        }
        return switch (name) {
            case "Deberta" -> BERT;
            case "Bart", "Camembert", "Longformer", "Roberta", "XLMRoberta" -> ROBERTA;
            case "MPNet" -> MPNET;
            case "Llama", "CodeLlama" -> LLAMA;
            case "T5" -> T5;
            case "Gemma" -> GEMMA;
            case "Cohere" -> COHERE;
            case "Esm" -> ESM;
            case "GPT2", "GPTNeoX", "CodeGen" -> GPT;
            default -> Map.of();
        };
    }
}
