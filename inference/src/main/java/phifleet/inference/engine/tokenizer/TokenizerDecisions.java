package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Task;

/** What was decided of a model's tokeniser, and by which of its files: for people, as the rest of what was decided. */
public final class TokenizerDecisions {
    private static final String SETTINGS = "tokenizer_config.json";
    private static final String FILE = "tokenizer.json";

    private final List<String> all = new ArrayList<>();

    private TokenizerDecisions() {}

    /**
     * Reads the small files beside a {@code tokenizer.json}, and its head.
     *
     * @return one decision each; nothing where the program brings the tokeniser
     */
    public static List<String> of(ModelSpec spec) throws ModelException {
        Path file = spec.source().tokenizerFile();
        if (file == null || spec.source() instanceof ModelSource.Embedded) {
            return List.of();
        }
        try {
            TokenizerDecisions decisions = new TokenizerDecisions();
            boolean asItIs = spec.source() instanceof ModelSource.Table;
            TokenizerParts own = TokenizerParts.read(file);
            TokenizerClass known = TokenizerClass.read(file).over(own);
            decisions.tokens(own, known, asItIs || known.isOpen());
            decisions.letters(own, known, asItIs, spec.texts().recipe().lowerCase());
            decisions.sides(known);
            if (spec.task() instanceof Task.CrossEncoding || spec.task() instanceof Task.TextClassification) {
                decisions.pairs(known);
            }
            return List.copyOf(decisions.all);
        } catch (IOException e) {
            throw ModelException.ofJson(file.toString(), e);
        }
    }

    private void add(String decided, String by) {
        all.add(decided + " (" + by + ")");
    }

    private void tokens(TokenizerParts own, TokenizerClass known, boolean asItIs) throws ModelException {
        if (asItIs) {
            add(TextEnds.around(own.ends()) + " around a text", FILE);
            return;
        }
        if (!known.name().isEmpty()) {
            add(
                    "tokenizer as " + known.label() + (known.isStated() ? " of transformers " + known.release() : "")
                            + " has it",
                    known.settings().has("tokenizer_class") ? SETTINGS : "config.json");
        }
        TextEnds ends = TextEnds.of(own.ends(), known);
        if (ends == null || ends.isDoneBy(own.ends())) {
            add(TextEnds.around(own.ends()) + " around a text", FILE);
        } else {
            add(ends.around() + " around a text", known.label());
        }
        List<String> added = AddedTokens.changes(own.added(), known).stream()
                .map(token -> token.path("content").asText())
                .filter(known::isNamed)
                .distinct()
                .toList();
        if (!added.isEmpty()) {
            add("tokens " + added + " besides, or otherwise", SETTINGS + " and special_tokens_map.json");
        }
    }

    private void letters(TokenizerParts own, TokenizerClass known, boolean asItIs, boolean lowerCase) {
        if (lowerCase) {
            add("lower case before all else", "sentence-transformers' do_lower_case");
        }
        boolean kept = asItIs || known.isOpen();
        ClassParts wanted = kept ? ClassParts.ofFile(own) : ConfiguredTokenizer.wanted(own, known);
        JsonNode letters = wanted.normalizer();
        String key = "lowercase";
        if (letters.path(key).isBoolean()) {
            add(
                    letters.path(key).asBoolean() ? "lower case" : "case kept",
                    letters.path(key).equals(own.normalizer().path(key)) ? FILE : SETTINGS);
        }
        JsonNode space = wanted.splitter();
        if (!kept && ClassParts.changes(own, known)) {
            add(
                    known.isStated()
                            ? "texts prepared and cut as the class does it and not the file"
                            : "texts prepared and cut as up to release 4 of transformers, since config.json names none",
                    known.isStated() ? known.label() : FILE);
        } else if (!space.equals(own.splitter()) && space instanceof ObjectNode) {
            add((space.path("add_prefix_space").asBoolean() ? "a" : "no") + " space before a text", SETTINGS);
        }
    }

    private void sides(TokenizerClass known) throws ModelException {
        boolean named = known.settings().path("truncation_side").isTextual();
        if (TruncationSide.isLeft(known)) {
            add("cut at the left", named ? SETTINGS : FILE);
        }
        String padding = known.settings().path("padding_side").asText("");
        if (!padding.isEmpty()) {
            add("padding side " + padding + ", which changes no answer", SETTINGS);
        }
    }

    private void pairs(TokenizerClass known) {
        boolean listed = known.settings().path("model_input_names").isArray();
        add(
                PairTypes.areTold(known)
                        ? "pairs with token types as the tokenizer has them"
                        : "pairs without token types",
                listed ? SETTINGS + ": model_input_names" : known.name().isEmpty() ? "no class named" : known.label());
    }
}
