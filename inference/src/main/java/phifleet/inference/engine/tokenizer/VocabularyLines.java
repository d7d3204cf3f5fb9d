package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phifleet.inference.model.ModelException;

/**
 * ESM's tokeniser, of which folders have the vocabulary alone, a token a line: it finds its tokens wherever they stand in a text, the longest
 * first, and what is left between them and spaces is unknown. It is made a {@code tokenizer.json}.
 *
 * <p>Source: {@code EsmTokenizer} of transformers 4.57.
 */
public final class VocabularyLines {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILE = "vocab.txt";

    private VocabularyLines() {}

    /**
     * The bytes of a {@code tokenizer.json}.
     *
     * @param file one, or a vocabulary in lines
     */
    public static byte[] read(Path file) throws IOException, ModelException {
        return isAt(file) ? JSON.writeValueAsBytes(made(file)) : Files.readAllBytes(file);
    }

    /** The same, of which no more is read than is asked for. */
    static JsonParser parser(Path file) throws IOException, ModelException {
        return isAt(file) ? JSON.createParser(read(file)) : JSON.createParser(file.toFile());
    }

    private static boolean isAt(Path file) {
        return file.endsWith(FILE);
    }

    private static ObjectNode made(Path file) throws IOException, ModelException {
        TokenizerClass known = TokenizerClass.read(file);
        Map<String, Integer> ids = new LinkedHashMap<>();
        List<String> lines = Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isEmpty()) {
                ids.put(lines.get(i), i);
            }
        }
        ObjectNode root = JSON.createObjectNode().put("version", "1.0");
        ArrayNode added = root.putArray(TokenizerParts.ADDED);
        ids.forEach((token, id) -> added.addObject()
                .put("id", id)
                .put("content", token)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", token.startsWith("<")));
        root.putNull(TokenizerParts.NORMALIZER);
        root.putObject(TokenizerParts.SPLITTER).put("type", "WhitespaceSplit");
        root.set(TokenizerParts.ENDS, TextEnds.ofEsm(known).written(root, new VocabularyIds(file)));
        ObjectNode model = root.putObject("model").put("type", "WordLevel").put("unk_token", known.token("unk_token"));
        model.set("vocab", JSON.valueToTree(ids));
        return root;
    }
}
