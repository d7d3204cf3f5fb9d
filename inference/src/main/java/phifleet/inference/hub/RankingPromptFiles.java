package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.RankingPrompt;

/** How a decoder that reranks is asked: by its chat template, where that has a query and a document, else as Qwen3's are. */
final class RankingPromptFiles {
    /** Of the model card of Qwen/Qwen3-Reranker-0.6B. */
    private static final RankingPrompt QWEN3 = new RankingPrompt(
            "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct"
                    + " provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n",
            "<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {document}",
            "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n",
            "Given a web search query, retrieve relevant passages that answer the query",
            -1,
            -1);

    private RankingPromptFiles() {}

    /**
     * Of a network that gives one number, or of one that gives a number for each token of the vocabulary.
     *
     * @param isLanguageModel the latter
     * @return null where the network takes pairs as its tokeniser joins them
     */
    static @Nullable RankingPrompt read(
            Path folder, JsonFile config, Path tokenizer, boolean isLanguageModel, Decisions decisions)
            throws ModelException {
        Optional<RankingPrompt> found = template(folder);
        boolean isQwen3 = config.at("model_type").asText().equals("qwen3");
        if (found.isEmpty() && !isQwen3) {
            if (isLanguageModel) {
                throw new ModelException(folder
                        + ": chat_template.jinja has no roles query and document, so that nothing says how to ask");
            }
            return null;
        }
        RankingPrompt prompt = found.orElse(QWEN3);
        decisions.add(
                "asked by a template", found.isPresent() ? "the chat template" : "as the model cards of qwen3 have it");
        if (!isLanguageModel) {
            return prompt;
        }
        JsonFile score = JsonFile.read(scoreFolder(folder).resolve("config.json"));
        int yes = score.exists() ? score.at("true_token_id").asInt(-1) : token(tokenizer, "yes");
        int no = score.exists() ? score.at("false_token_id").asInt(-1) : token(tokenizer, "no");
        if (yes < 0 || no < 0) {
            throw new ModelException(
                    (score.exists() ? score.path() : tokenizer) + " does not say which tokens mean yes and no");
        }
        return new RankingPrompt(prompt.prefix(), prompt.middle(), prompt.suffix(), prompt.instruction(), yes, no);
    }

    private static Path scoreFolder(Path folder) throws ModelException {
        return ModuleList.read(folder).all().stream()
                .filter(module -> module.type().equals("LogitScore"))
                .map(ModuleList.Entry::folder)
                .findFirst()
                .orElse(folder.resolve("1_LogitScore"));
    }

    private static int token(Path tokenizer, String text) throws ModelException {
        return JsonFile.read(tokenizer).at("model").path("vocab").path(text).asInt(-1);
    }

    private static Optional<RankingPrompt> template(Path folder) throws ModelException {
        Path file = folder.resolve("chat_template.jinja");
        if (Files.isRegularFile(file)) {
            try {
                return RankingPromptTemplate.read(Files.readString(file));
            } catch (IOException e) {
                throw new ModelException(file + " cannot be read: " + e, e);
            }
        }
        JsonNode inside = JsonFile.read(folder.resolve("tokenizer_config.json")).at("chat_template");
        return inside.isTextual() ? RankingPromptTemplate.read(inside.asText()) : Optional.empty();
    }
}
