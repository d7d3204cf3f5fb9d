package phifleet.benchmark.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands behind the command: {@code --name value} pairs, flags, and words. */
final class Options {
    private static final Set<String> FLAGS = Set.of("together", "json");
    private static final Set<String> VALUES = Set.of(
            "config",
            "root",
            "models",
            "results",
            "logs",
            "model",
            "targets",
            "scenarios",
            "rounds",
            "seconds",
            "sweep-seconds",
            "price-per-hour",
            "texts");

    private final Map<String, String> values = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    private Options() {}

    /** Takes the arguments from a place on. */
    static Options of(String[] args, int from) throws UsageException {
        Options options = new Options();
        for (int i = from; i < args.length; i++) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (name.isEmpty()) {
                options.words.add(args[i]);
            } else if (FLAGS.contains(name)) {
                options.values.put(name, "true");
            } else if (VALUES.contains(name) && i + 1 < args.length) {
                options.values.put(name, args[++i]);
            } else {
                throw new UsageException("unknown or incomplete option " + args[i]);
            }
        }
        return options;
    }

    List<String> words() {
        return words;
    }

    boolean flag(String name) {
        return values.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    Path path(String name) throws UsageException {
        return Path.of(text(name).orElseThrow(() -> new UsageException("--" + name + " is missing")));
    }

    double number(String name, double usual) throws UsageException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return usual;
        }
        try {
            double number = Double.parseDouble(text.get());
            if (number > 0 && number < 1e9) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As below.
        }
        throw new UsageException("--" + name + " is '" + text.get() + "', and must be a number over 0");
    }

    /** Words that must not be there. */
    void noWords() throws UsageException {
        if (!words.isEmpty()) {
            throw new UsageException("unknown word " + words.getFirst());
        }
    }

    /** The command line is wrong. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }
}
