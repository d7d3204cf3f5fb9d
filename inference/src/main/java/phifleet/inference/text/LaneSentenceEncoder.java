package phifleet.inference.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Lane;
import phifleet.inference.lane.LaneState;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;

/** A sentence encoder whose vectors come from a lane. */
public final class LaneSentenceEncoder implements SentenceEncoder {
    private final ModelDescription description;
    private final Tokenizer tokenizer;
    private final Map<String, String> prompts;
    private final @Nullable String defaultPrompt;
    private final Lane<TokenSequence, Vector> lane;
    private final LongSupplier nanoClock;
    private final Truncation.SpecialTokens specialTokens;

    /**
     * @param prompts texts put before an input, by name
     * @param defaultPrompt the name of the prompt where a request names none; null for no prompt
     */
    public LaneSentenceEncoder(
            ModelDescription description,
            Tokenizer tokenizer,
            Map<String, String> prompts,
            @Nullable String defaultPrompt,
            Lane<TokenSequence, Vector> lane,
            LongSupplier nanoClock) {
        this.description = description;
        this.tokenizer = tokenizer;
        this.prompts = Map.copyOf(prompts);
        this.defaultPrompt = defaultPrompt;
        this.lane = lane;
        this.nanoClock = nanoClock;
        this.specialTokens = Truncation.SpecialTokens.of(tokenizer);
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public @Nullable String prompt(@Nullable String name) {
        String wanted = name == null ? defaultPrompt : name;
        return wanted == null ? "" : prompts.get(wanted);
    }

    @Override
    public Encoding encode(List<TextInput> inputs, EncodeOptions options) {
        long start = nanoClock.getAsLong();
        String prompt = prompt(options.promptName());
        if (prompt == null) {
            return new Encoding.Rejected(
                    0,
                    Problem.badRequest(
                            "unknown_prompt",
                            "prompt_name is \"" + options.promptName() + "\"; model " + description.id() + " has "
                                    + (prompts.isEmpty()
                                            ? "no prompts"
                                            : "the prompts "
                                                    + String.join(
                                                            ", ",
                                                            prompts.keySet().stream()
                                                                    .sorted()
                                                                    .toList())),
                            "prompt_name"));
        }
        List<TokenSequence> sequences = new ArrayList<>(inputs.size());
        int tokens = 0;
        int characters = 0;
        for (int i = 0; i < inputs.size(); i++) {
            TokenSequence sequence;
            switch (inputs.get(i)) {
                case TextInput.Text(String text) -> {
                    sequence = tokenizer.encode(prompt.isEmpty() ? text : prompt + text, true);
                    characters += text.codePointCount(0, text.length());
                }
                case TextInput.Ids(TokenSequence ids) -> sequence = ids;
            }
            if (sequence.length() > description.maxTokens()) {
                if (!options.truncate()) {
                    return new Encoding.Rejected(i, tooLong(sequence.length()));
                }
                boolean special = inputs.get(i) instanceof TextInput.Text;
                sequence = Truncation.cut(
                        sequence,
                        description.maxTokens(),
                        special ? specialTokens : Truncation.NO_SPECIAL,
                        options.direction());
            }
            sequences.add(sequence);
            tokens += sequence.length();
        }
        return new Encoding.Encoded(List.copyOf(sequences), tokens, characters, nanoClock.getAsLong() - start);
    }

    @Override
    public Admission embed(
            Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome) {
        return lane.submit(encoded.sequences(), priority, deadlineNanos, outcome);
    }

    @Override
    public LaneState lane() {
        return lane.state();
    }

    private Problem tooLong(int tokens) {
        return Problem.of(
                413,
                "text_too_long",
                "the text has " + tokens + " tokens; model " + description.id() + " takes at most "
                        + description.maxTokens() + " and truncate is false",
                null);
    }
}
