package phifleet.common.settings;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** Every mistake of a configuration in one failure, each with its key, its value and the bound that it breaks. */
public final class SettingsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    public SettingsException(String source, List<String> mistakes) {
        super(mistakes.stream()
                .map(mistake -> "  - " + mistake)
                .collect(Collectors.joining(
                        "\n",
                        mistakes.size() + (mistakes.size() == 1 ? " mistake in " : " mistakes in ") + source + ":\n",
                        "")));
        this.mistakes = List.copyOf(mistakes);
    }

    /** One line a mistake. */
    public List<String> mistakes() {
        return mistakes;
    }
}
