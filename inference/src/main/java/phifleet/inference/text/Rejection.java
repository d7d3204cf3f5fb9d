package phifleet.inference.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a text cannot be taken. */
public sealed interface Rejection {

    /**
     * The model has no prompt of this name.
     *
     * @param known those that it has
     */
    record UnknownPrompt(@Nullable String name, List<String> known) implements Rejection {
        public UnknownPrompt {
            known = List.copyOf(known);
        }
    }

    /**
     * The model does another task by each prompt, and none was named.
     *
     * @param tasks their names
     */
    record NoTask(List<String> tasks) implements Rejection {
        public NoTask {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * The text has more tokens than the model takes, and was not to be cut.
     *
     * @param tokens special ones included
     */
    record TooLong(int tokens, int most) implements Rejection {}
}
