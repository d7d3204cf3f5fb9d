package phifleet.benchmark.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A mapping of a YAML file that is read key by key. What is wrong is kept, so that all of it comes at once. For one thread. */
final class Section {
    private final String path;
    private final JsonNode node;
    private final List<String> mistakes;
    private final Set<String> known = new TreeSet<>();

    Section(String path, JsonNode node, List<String> mistakes) {
        this.path = path;
        this.node = node;
        this.mistakes = mistakes;
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            mistakes.add(
                    (path.isEmpty() ? "the file" : path) + " is " + node + ", and must be a mapping of keys to values");
        }
    }

    boolean has(String key) {
        JsonNode value = value(key);
        return !value.isMissingNode() && !value.isNull();
    }

    void mistake(String key, Object value, String bound) {
        mistakes.add(name(key) + " is " + value + ", and must be " + bound);
    }

    long whole(String key, long usual, long least, long most) {
        if (!has(key)) {
            return usual;
        }
        JsonNode value = value(key);
        if (!value.isIntegralNumber() || value.asLong() < least || value.asLong() > most) {
            mistake(key, value, "a whole number from " + least + " to " + most);
            return usual;
        }
        return value.asLong();
    }

    double number(String key, double usual, double least, double most) {
        if (!has(key)) {
            return usual;
        }
        JsonNode value = value(key);
        if (!value.isNumber() || !(value.asDouble() >= least && value.asDouble() <= most)) {
            mistake(key, value, "a number from " + plain(least) + " to " + plain(most));
            return usual;
        }
        return value.asDouble();
    }

    boolean flag(String key, boolean usual) {
        if (!has(key)) {
            return usual;
        }
        if (!value(key).isBoolean()) {
            mistake(key, value(key), "true or false");
        }
        return value(key).asBoolean(usual);
    }

    /** The text; where there is none and no usual one, a mistake and the empty text. */
    String text(String key, @Nullable String usual) {
        if (!has(key)) {
            if (usual == null) {
                mistakes.add(name(key) + " is missing");
            }
            return usual == null ? "" : usual;
        }
        JsonNode value = value(key);
        if (!value.isValueNode() || value.asText().isBlank()) {
            mistake(key, value, "a text that is not blank");
            return usual == null ? "" : usual;
        }
        return value.asText();
    }

    List<Integer> wholes(String key, List<Integer> usual, int least, int most) {
        if (!has(key)) {
            return usual;
        }
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode one : value(key)) {
            if (one.isIntegralNumber() && one.asLong() >= least && one.asLong() <= most) {
                numbers.add(one.asInt());
            }
        }
        if (!value(key).isArray()
                || numbers.isEmpty()
                || numbers.size() != value(key).size()) {
            mistake(key, value(key), "a list of whole numbers from " + least + " to " + most);
            return usual;
        }
        return numbers;
    }

    Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> one : value(key).properties()) {
            if (one.getValue().isValueNode()) {
                texts.put(one.getKey(), one.getValue().asText());
            } else {
                mistake(key + "." + one.getKey(), one.getValue(), "a text");
            }
        }
        return texts;
    }

    Section section(String key) {
        return new Section(name(key), value(key), mistakes);
    }

    /** The entries of a mapping, in its order. */
    Map<String, Section> sections(String key) {
        Map<String, Section> sections = new LinkedHashMap<>();
        section(key);
        for (Map.Entry<String, JsonNode> one : value(key).properties()) {
            sections.put(one.getKey(), new Section(name(key) + "." + one.getKey(), one.getValue(), mistakes));
        }
        return sections;
    }

    /** The entries of a list of mappings. */
    List<Section> list(String key) {
        List<Section> list = new ArrayList<>();
        if (has(key) && !value(key).isArray()) {
            mistake(key, value(key), "a list");
        } else {
            for (JsonNode one : value(key)) {
                list.add(new Section(name(key) + "[" + list.size() + "]", one, mistakes));
            }
        }
        return list;
    }

    /** Names the keys that nobody asked for. Last. */
    void end() {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                mistakes.add(name(key) + " is no key; there are " + String.join(", ", known));
            }
        });
    }

    JsonNode value(String key) {
        known.add(key);
        JsonNode value = node.get(key);
        return value == null ? MissingNode.getInstance() : value;
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
