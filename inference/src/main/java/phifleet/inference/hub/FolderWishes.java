package phifleet.inference.hub;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.Pooling;

/**
 * What a user says of a folder besides where it is; all that is null is for the folder to say.
 *
 * @param engine what is to run it
 * @param weights a file of weights: a graph, a TorchScript archive, safetensors or their index
 * @param tokenizer a {@code tokenizer.json}
 * @param precision of the weights to take, where there are several: {@code fp32}, {@code fp16}, {@code int8}, {@code int4}
 * @param pooling in place of the folder's
 * @param output the graph's output to read
 * @param maxTokens the most tokens of a text, where the folder does not say
 */
public record FolderWishes(
        @Nullable EngineKind engine,
        @Nullable Path weights,
        @Nullable Path tokenizer,
        @Nullable String precision,
        @Nullable Pooling pooling,
        @Nullable String output,
        OptionalInt maxTokens) {
    /** Everything as the folder says. */
    public static final FolderWishes NONE = new FolderWishes(null, null, null, null, null, null, OptionalInt.empty());
}
