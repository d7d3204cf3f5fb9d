package phifleet.inference.engine.tokenizer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;

/** Files of tokenisers with few tokens, and what they make of texts. */
final class SmallTokenizers {
    /** config.json of either release. */
    static final String OLD = "{\"transformers_version\": \"4.57.6\"}";

    static final String NEW = "{\"transformers_version\": \"5.24.0\"}";

    /** Words; without a post_processor. */
    static final String BARE = file(
            "null",
            "{\"type\": \"WhitespaceSplit\"}",
            "null",
            "{\"type\": \"WordLevel\", \"unk_token\": \"?\", \"vocab\": {\"?\": 0, \"[CLS]\": 1, \"[SEP]\": 2, \"a\": 3, "
                    + "\"<s>\": 4, \"</s>\": 5}}");

    /** Bytes as GPT-2 cuts them, with a mask in the file's list. */
    static final String MASKED = file(
            "null",
            "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": true}",
            "{\"type\": \"RobertaProcessing\", \"sep\": [\"</s>\", 2], \"cls\": [\"<s>\", 1], \"trim_offsets\": true, \"add_prefix_space\": false}",
            "{\"type\": \"BPE\", \"unk_token\": null, \"vocab\": {\"<unk>\": 0, \"<s>\": 1, \"</s>\": 2, \"<mask>\": 3, \"a\": 4, \"Ġ\": 5, \"<pad>\": 6}, \"merges\": []}",
            "{\"id\": 3, \"content\": \"<mask>\", \"single_word\": false, \"lstrip\": false, \"rstrip\": false, \"normalized\": false, "
                    + "\"special\": true}");

    private SmallTokenizers() {}

    static String file(String normalizer, String splitter, String ends, String model) {
        return file(normalizer, splitter, ends, model, "");
    }

    static String file(String normalizer, String splitter, String ends, String model, String added) {
        return "{\"version\": \"1.0\", \"truncation\": null, \"padding\": null, \"added_tokens\": [" + added
                + "], \"normalizer\": "
                + normalizer + ", \"pre_tokenizer\": " + splitter + ", \"post_processor\": " + ends
                + ", \"decoder\": null, \"model\": " + model + "}";
    }

    /** Of a text, with spaces between them, once the files lie in the folder. */
    static String ids(Path folder, String file, @Nullable String settings, String config, String text, boolean ends)
            throws Exception {
        if (settings != null) {
            Files.writeString(folder.resolve("tokenizer_config.json"), settings);
        }
        Files.writeString(folder.resolve("config.json"), config);
        byte[] json = ConfiguredTokenizer.read(folder.resolve("tokenizer.json"), file.getBytes(StandardCharsets.UTF_8));
        return ids(HuggingFaceTextTokenizer.load(json, "small"), text, ends);
    }

    static String ids(Tokenizer tokenizer, String text, boolean ends) {
        TokenSequence sequence = tokenizer.encode(text, ends);
        return IntStream.range(0, sequence.length())
                .mapToObj(i -> Integer.toString(sequence.id(i)))
                .collect(Collectors.joining(" "));
    }
}
