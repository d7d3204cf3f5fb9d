package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenInput;

/**
 * What the files of a model of late interaction say: PyLate's {@code config_sentence_transformers.json}, the {@code onnx_config.json} of
 * its exports, the modules of sentence-transformers since 6, or the {@code artifact.metadata} of Stanford's ColBERT.
 */
final class MultiVectorFiles {
    private static final String COLBERT = "ColBERT";
    private static final String LATER = "MultiVectorEncoder";
    static final String STANFORD = "artifact.metadata";

    /** Python's {@code string.punctuation}. */
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private static final int MOST = 1_000_000;

    private MultiVectorFiles() {}

    static boolean areIn(Path folder) throws ModelException {
        return settings(folder).exists() || Files.isRegularFile(folder.resolve(STANFORD));
    }

    private static JsonFile settings(Path folder) throws ModelException {
        for (String name : List.of("config_sentence_transformers.json", "onnx_config.json")) {
            JsonFile file = JsonFile.read(folder.resolve(name));
            if (List.of(COLBERT, LATER).contains(file.at("model_type").asText())) {
                return file;
            }
        }
        return JsonFile.read(folder.resolve("none"));
    }

    /** The most tokens of a text where nothing is said of queries or documents. */
    private interface Limit {
        int read() throws ModelException;
    }

    /** In one way, whoever wrote the files. */
    private record Said(
            JsonFile file,
            String queryToken,
            String documentToken,
            int queryTokens,
            int documentTokens,
            boolean expands,
            boolean attends,
            Set<String> skipped,
            int dimension,
            String filler) {}

    /** @param config of the network */
    static Task.MultiVectorEncoding read(
            Path folder, FolderWishes wished, JsonFile config, Path tokenizer, Decisions decisions)
            throws ModelException {
        JsonFile settings = settings(folder);
        ModuleList modules = ModuleList.read(folder);
        boolean later = settings.at("model_type").asText().equals(LATER);
        Said said = later
                ? sentenceTransformers(
                        settings, modules, () -> TokenLimit.read(folder, config, wished, null, decisions))
                : settings.exists() ? pylate(settings) : stanford(JsonFile.read(folder.resolve(STANFORD)));
        String mask = said.filler().isEmpty() ? mask(folder) : said.filler();
        Set<String> words = new HashSet<>(said.skipped());
        words.addAll(List.of(said.queryToken(), said.documentToken(), mask));
        Map<String, Integer> ids = TokenizerFile.ids(tokenizer, words);
        Set<Integer> skipped = new LinkedHashSet<>();
        said.skipped().stream().filter(ids::containsKey).map(ids::get).forEach(skipped::add);
        int positions = (int) Math.min(MOST, TokenLimit.positions(config));
        int documents = wished.maxTokens().orElse(Math.min(positions, said.documentTokens()));
        decisions.add(
                "queries of " + said.queryTokens() + " tokens, documents of up to " + documents,
                said.file().name());
        decisions.add(
                skipped.size() + " tokens of documents left out", said.file().name());
        return new Task.MultiVectorEncoding(
                new TokenInput(documents, config.at("pad_token_id").asInt(0), false),
                id(ids, said.queryToken(), tokenizer),
                id(ids, said.documentToken(), tokenizer),
                Math.min(positions, said.queryTokens()),
                said.expands() ? id(ids, mask, tokenizer) : -1,
                said.attends(),
                skipped,
                said.dimension(),
                new Recipe(
                        wished.output(),
                        modules.exists()
                                ? ModuleFiles.read(modules, later ? ModuleFiles.TOKENS : ModuleFiles.SENTENCE)
                                : List.of(),
                        0,
                        List.of(),
                        TokenLimit.lowerCase(folder),
                        true,
                        decisions.all()));
    }

    private static Said pylate(JsonFile file) throws ModelException {
        Set<String> skipped = new LinkedHashSet<>();
        file.at("skiplist_words").forEach(word -> skipped.add(word.asText()));
        return new Said(
                file,
                file.at("query_prefix").asText("[Q] "),
                file.at("document_prefix").asText("[D] "),
                length(file, "query_length", 32),
                length(file, "document_length", 180),
                file.at("do_query_expansion").asBoolean(true),
                file.at("attend_to_expansion_tokens").asBoolean(false),
                file.at("skiplist_words").isArray() ? skipped : punctuation(),
                file.at("embedding_dim").asInt(0),
                "");
    }

    /** The network's file says how queries are filled up, a module which tokens are left out, and prompts what tells both apart. */
    private static Said sentenceTransformers(JsonFile file, ModuleList modules, Limit usual) throws ModelException {
        ModuleList.Entry network = modules.network()
                .orElseThrow(() -> new ModelException(modules.file().path() + " is not there or names no module"));
        if (modules.all().stream().noneMatch(module -> module.type().equals("Normalize"))) {
            throw new ModelException(modules.file().path()
                    + " has no module Normalize; vectors of tokens are supported where they have length one");
        }
        JsonFile sentence = JsonFile.read(network.folder().resolve("sentence_bert_config.json"));
        JsonNode expansion = sentence.at("query_expansion");
        String strategy = expansion.path("strategy").asText("fixed");
        if (!strategy.equals("fixed")) {
            throw new ModelException(
                    sentence.path() + ": query_expansion has the strategy " + strategy + "; fixed is supported");
        }
        JsonFile mask = JsonFile.read(modules.all().stream()
                .filter(module -> module.type().equals("MultiVectorMask"))
                .map(ModuleList.Entry::folder)
                .findFirst()
                .orElse(network.folder().resolve("none"))
                .resolve("config.json"));
        for (JsonNode task : mask.at("skiplist_tasks")) {
            if (!task.asText().equals("document")) {
                throw new ModelException(mask.path() + ": skiplist_tasks has " + task + "; document is supported");
            }
        }
        if (!mask.at("keep_only_token_ids").isEmpty()) {
            throw new ModelException(mask.path() + ": keep_only_token_ids is not supported");
        }
        Set<String> skipped = new LinkedHashSet<>();
        mask.at("skiplist_words").forEach(word -> skipped.add(word.asText()));
        boolean expands = expansion.isObject();
        int documents =
                sentence.at("document_length").isNumber() ? length(sentence, "document_length", MOST) : usual.read();
        int queries = sentence.at("query_length").isNumber()
                ? length(sentence, "query_length", MOST)
                : expands ? documents : usual.read();
        // Its length goes before query_length.
        int filled = expansion.path("length").asInt(32);
        if (expands && (filled < 4 || filled > MOST)) {
            throw new ModelException(
                    sentence.path() + ": query_expansion's length must be 4 to " + MOST + ", was " + filled);
        }
        return new Said(
                file,
                file.at("prompts").path("query").asText(""),
                file.at("prompts").path("document").asText(""),
                expands ? filled : queries,
                documents,
                expands,
                expansion.path("attend").asBoolean(false),
                skipped,
                0,
                expansion.path("token").asText(""));
    }

    private static Said stanford(JsonFile file) throws ModelException {
        return new Said(
                file,
                file.at("query_token_id").asText("[unused0]"),
                file.at("doc_token_id").asText("[unused1]"),
                length(file, "query_maxlen", 32),
                length(file, "doc_maxlen", 220),
                true,
                file.at("attend_to_mask_tokens").asBoolean(false),
                file.at("mask_punctuation").asBoolean(true) ? punctuation() : Set.of(),
                file.at("dim").asInt(128),
                "");
    }

    private static Set<String> punctuation() {
        Set<String> all = new LinkedHashSet<>();
        PUNCTUATION.chars().forEach(sign -> all.add(Character.toString(sign)));
        return all;
    }

    private static int length(JsonFile file, String key, int usual) throws ModelException {
        int length = file.at(key).asInt(usual);
        if (length < 4 || length > MOST) {
            throw new ModelException(file.path() + ": " + key + " must be 4 to " + MOST + ", was " + length);
        }
        return length;
    }

    private static String mask(Path folder) throws ModelException {
        String named = TokenizerFile.named("mask_token", List.of(folder));
        return named == null ? "[MASK]" : named;
    }

    private static int id(Map<String, Integer> ids, String token, Path tokenizer) throws ModelException {
        Integer id = ids.get(token);
        if (id == null) {
            throw new ModelException(
                    tokenizer + " has no token \"" + token + "\", which queries or documents are made with");
        }
        return id;
    }
}
