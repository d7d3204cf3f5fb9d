package phifleet.inference.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sentence encoder that is to be loaded, with nothing left open.
 *
 * @param id the name that requests use
 * @param aliases further names
 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
 * @param precision {@code fp32}, {@code fp16} or {@code int8}: what the weights are, for people to read
 * @param normalize whether vectors are scaled to length one unless a request says otherwise
 * @param maxTokens tokens of one text, special tokens included
 * @param padId the token that fills a batch up
 * @param prompts texts put before an input, by name
 * @param defaultPrompt the name of the prompt used where a request names none; null for no prompt
 * @param golden a file of sentences with known vectors; null where there is none
 * @param batchTokens tokens of one batch, padding included where it is computed; 0 to find out at warm-up
 * @param packing whether linear layers leave padding out, where the engine can
 * @param recipe what else belongs to the way from a text to its vector
 */
public record ModelSpec(
        String id,
        List<String> aliases,
        ModelSource source,
        EngineKind engine,
        String device,
        String precision,
        Pooling pooling,
        boolean normalize,
        int maxTokens,
        int padId,
        Map<String, String> prompts,
        @Nullable String defaultPrompt,
        @Nullable Golden golden,
        int batchTokens,
        boolean packing,
        Recipe recipe) {
    public ModelSpec {
        aliases = List.copyOf(aliases);
        prompts = Map.copyOf(prompts);
    }

    /** Nothing behind pooling. */
    public ModelSpec(
            String id,
            List<String> aliases,
            ModelSource source,
            EngineKind engine,
            String device,
            String precision,
            Pooling pooling,
            boolean normalize,
            int maxTokens,
            int padId,
            Map<String, String> prompts,
            @Nullable String defaultPrompt,
            @Nullable Golden golden,
            int batchTokens,
            boolean packing) {
        this(
                id,
                aliases,
                source,
                engine,
                device,
                precision,
                pooling,
                normalize,
                maxTokens,
                padId,
                prompts,
                defaultPrompt,
                golden,
                batchTokens,
                packing,
                Recipe.PLAIN);
    }

    /** Where known vectors are. */
    public sealed interface Golden {
        record Resource(String name) implements Golden {}

        record File(Path path) implements Golden {}
    }
}
