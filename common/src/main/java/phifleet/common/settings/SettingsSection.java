package phifleet.common.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a settings file. Each method asks for one key, gives the default where it is absent, and notes a mistake
 * and gives the default where it is wrong. A key may be written with underscores in place of its dashes, as other servers have it.
 */
public final class SettingsSection {
    private final String path;
    private final String name;
    private final JsonNode tree;
    private final Environment environment;
    private final Mistakes mistakes;
    private final Keys keys;
    private final List<SettingsSection> children = new ArrayList<>();

    /** What is known of a mapping's keys: those asked for, other names of some, and why some mean nothing. */
    private record Keys(Set<String> asked, Map<String, String> others, Map<String, String> foreign) {
        Keys() {
            this(new LinkedHashSet<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        }
    }

    /** Which variables replace values. An empty prefix switches them off, as inside a list. */
    record Environment(String prefix, Map<String, String> variables) {
        static final Environment NONE = new Environment("", Map.of());
    }

    /**
     * @param path where it stands in the file, for messages
     * @param name by which variables have it
     */
    SettingsSection(String path, String name, JsonNode tree, Environment environment, Mistakes mistakes) {
        this(path, name, tree, environment, mistakes, new Keys());
    }

    private SettingsSection(
            String path, String name, JsonNode tree, Environment environment, Mistakes mistakes, Keys keys) {
        this.path = path;
        this.name = name;
        this.tree = tree;
        this.environment = environment;
        this.mistakes = mistakes;
        this.keys = keys;
    }

    /** The mapping below a key; an empty one where it is absent. */
    public SettingsSection section(String key) {
        String written = written(key);
        JsonNode child = tree.path(written);
        if (!child.isMissingNode() && !child.isNull() && !child.isObject()) {
            mistake(written, child.toString(), "must be a mapping of keys to values");
        }
        String own = name.isEmpty() ? key : name + "." + key;
        SettingsSection section = new SettingsSection(at(written), own, child, environment, mistakes);
        children.add(section);
        return section;
    }

    /** The mappings of a list; none where it is absent. Variables do not reach inside. */
    public List<SettingsSection> sections(String key) {
        JsonNode list = tree.path(written(key));
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        List<SettingsSection> sections = new ArrayList<>();
        if (list.isArray()) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i).isObject()) {
                    String place = at(key) + "[" + i + "]";
                    sections.add(new SettingsSection(place, place, list.get(i), Environment.NONE, mistakes));
                } else {
                    mistake(key + "[" + i + "]", list.get(i).toString(), "must be a mapping of keys to values");
                }
            }
            children.addAll(sections);
        } else {
            mistake(key, list.toString(), "must be a list");
        }
        return sections;
    }

    /** All keys of a mapping with free names, in their order, and their texts. */
    public Map<String, String> texts(String key) {
        JsonNode mapping = tree.path(written(key));
        if (mapping.isMissingNode() || mapping.isNull()) {
            return Map.of();
        }
        if (!mapping.isObject()
                || !mapping.propertyStream().allMatch(entry -> entry.getValue().isValueNode())) {
            mistake(key, mapping.toString(), "must be a mapping of names to texts");
            return Map.of();
        }
        return mapping.propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().asText(),
                        (first, second) -> second,
                        LinkedHashMap::new));
    }

    /** A whole number between two bounds, both included. */
    public long number(String key, long fallback, long least, long most) {
        String bound = "must be a whole number from " + least + " to " + most;
        return read(key, fallback, bound, text -> {
            long value = Long.parseLong(text.replace("_", ""));
            return value < least || value > most ? null : value;
        });
    }

    /** {@link #number} for bounds that fit an int. */
    public int integer(String key, int fallback, int least, int most) {
        return Math.toIntExact(number(key, fallback, least, most));
    }

    /** A decimal number between two bounds, both included. */
    public double decimal(String key, double fallback, double least, double most) {
        return read(key, fallback, "must be a number from " + least + " to " + most, text -> {
            double value = Double.parseDouble(text);
            return value >= least && value <= most ? value : null;
        });
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key, boolean fallback) {
        return read(key, fallback, "must be true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        });
    }

    /** A text; the default where it is absent or empty. */
    public String text(String key, String fallback) {
        return read(key, fallback, "must be a text", text -> text);
    }

    /** A text, or null where it is absent or empty. */
    public @Nullable String optionalText(String key) {
        String value = text(key, "");
        return value.isEmpty() ? null : value;
    }

    /** A text that has to be there. */
    public String requiredText(String key) {
        String value = text(key, "");
        if (value.isEmpty()) {
            mistake(key, null, "is required");
        }
        return value;
    }

    /** One constant of an enum, by its name in lower case with dashes. */
    public <E extends Enum<E>> E choice(String key, E fallback, Class<E> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(SettingsSection::label)
                .toList();
        return read(key, fallback, "must be one of " + String.join(", ", names), text -> {
            int index = names.indexOf(text);
            return index < 0 ? null : type.getEnumConstants()[index];
        });
    }

    /** A list of texts, or one text with commas. */
    public List<String> list(String key, List<String> fallback) {
        JsonNode node = tree.path(written(key));
        if (isList(key)) {
            List<String> values = new ArrayList<>();
            node.forEach(item -> values.add(item.asText()));
            return List.copyOf(values);
        }
        return read(
                key,
                fallback,
                "must be a list of texts",
                text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList());
    }

    /** Whether a key has a list, which no variable replaces. */
    public boolean isList(String key) {
        mistakes.ask(variable(key));
        return tree.path(written(key)).isArray() && environment.variables().get(variable(key)) == null;
    }

    /** Another name for a key, as other programs have it. Of the two one may be there. */
    public void alias(String other, String key) {
        keys.others().put(key, other);
    }

    /**
     * Keys that have a meaning in a section of this kind, but not in this one; those that are asked for are not among them.
     *
     * @param reason why one that is there means nothing; null where it is not for this reader to judge
     */
    public void know(Collection<String> names, @Nullable String reason) {
        for (String key : names) {
            String written = written(key, false);
            if (!keys.asked().contains(written)) {
                if (reason == null) {
                    keys.asked().add(written);
                } else {
                    keys.foreign().put(written, reason);
                }
            }
        }
    }

    /** Notes a mistake that only the caller can see, such as two settings that do not fit together. */
    public void mistake(String key, @Nullable String value, String bound) {
        mistakes.add(at(key), value, bound);
    }

    /** The same mapping once more, whose mistakes stay its own unless they are {@linkplain #accept taken over}. */
    public SettingsSection onTrial() {
        return new SettingsSection(path, name, tree, environment, new Mistakes(), keys);
    }

    /** What was found to be wrong with one that was opened on trial, one line a mistake, once all was asked of it. */
    public List<String> finishTrial() {
        children.forEach(SettingsSection::reportUnknownKeys);
        return List.copyOf(mistakes.lines());
    }

    /** Takes over the mistakes of one that was opened on trial, and was finished. */
    public void accept(SettingsSection trial) {
        mistakes.lines().addAll(trial.mistakes.lines());
    }

    /** Takes whatever is in it: it is not for this reader to judge. */
    public void leave() {
        tree.fieldNames().forEachRemaining(keys.asked()::add);
    }

    /** The same, but for one key. */
    public void leaveAllBut(String key) {
        tree.fieldNames().forEachRemaining(other -> {
            if (!other.equals(key)) {
                keys.asked().add(other);
            }
        });
    }

    /** The full name of a key, for messages. */
    public String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    void reportUnknownKeys() {
        if (tree.isObject()) {
            tree.fieldNames().forEachRemaining(key -> {
                if (!keys.asked().contains(key)) {
                    String reason = keys.foreign().get(key);
                    mistake(key, null, reason == null ? unknown(key) : reason);
                }
            });
        }
        children.forEach(SettingsSection::reportUnknownKeys);
    }

    private String unknown(String key) {
        Set<String> known = new LinkedHashSet<>(keys.asked());
        known.addAll(keys.foreign().keySet());
        String meant = NearestName.of(key, known)
                .map(nearest -> ", was " + nearest + " meant?")
                .orElse("");
        return "no setting has this name" + meant + "; here are " + String.join(", ", keys.asked());
    }

    /** A key as the file has it. */
    private String written(String key) {
        return written(key, true);
    }

    private String written(String key, boolean asks) {
        List<String> spellings = new ArrayList<>();
        for (String spelling :
                Arrays.asList(key, key.replace('-', '_'), keys.others().get(key))) {
            if (spelling != null && tree.has(spelling) && !spellings.contains(spelling)) {
                spellings.add(spelling);
            }
        }
        if (asks) {
            keys.asked().add(key);
            keys.asked().addAll(spellings);
        }
        if (spellings.size() > 1) {
            mistake(spellings.getLast(), null, "is another name for " + spellings.getFirst() + ", which is there too");
        }
        return spellings.isEmpty() ? key : spellings.getFirst();
    }

    private <T> T read(String key, T fallback, String bound, Function<String, @Nullable T> parse) {
        String written = written(key);
        String variable = variable(key);
        mistakes.ask(variable);
        String text = environment.variables().get(variable);
        String shown = text == null ? at(written) : variable;
        if (text == null) {
            JsonNode node = tree.path(written);
            if (node.isMissingNode() || node.isNull()) {
                return fallback;
            }
            if (!node.isValueNode()) {
                mistakes.add(shown, node.toString(), bound);
                return fallback;
            }
            text = node.asText();
        }
        if (text.isEmpty()) {
            return fallback;
        }
        @Nullable T value;
        try {
            value = parse.apply(text.strip());
        } catch (NumberFormatException e) {
            value = null;
        }
        if (value == null) {
            mistakes.add(shown, text, bound);
            return fallback;
        }
        return value;
    }

    private String variable(String key) {
        return environment.prefix().isEmpty()
                ? ""
                : environment.prefix()
                        + (name.isEmpty() ? key : name + "." + key)
                                .toUpperCase(Locale.ROOT)
                                .replace('.', '_')
                                .replace('-', '_');
    }

    /** A constant as settings name it: in lower case with dashes. */
    public static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
