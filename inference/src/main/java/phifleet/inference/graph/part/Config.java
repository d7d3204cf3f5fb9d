package phifleet.inference.graph.part;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phifleet.inference.model.ModelException;

/** A {@code config.json}, whose every value is asked for by name: one that is absent is no value but its family's default. */
public final class Config {
    private static final Pattern RELEASE = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\..*");

    private final String file;
    private final JsonNode values;

    Config(String file, JsonNode values) {
        this.file = file;
        this.values = values;
    }

    public static Config read(Path file) throws ModelException {
        if (!Files.isRegularFile(file)) {
            throw new ModelException(file + " is not there, so that nothing tells the architecture");
        }
        try {
            return new Config(file.toString(), new JsonMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw ModelException.ofJson(String.valueOf(file), e);
        }
    }

    public boolean has(String name) {
        return values.hasNonNull(name);
    }

    /** Whether there is something in a section or a list. */
    boolean hasAny(String name) {
        return has(name) && !values.path(name).isEmpty();
    }

    public Config section(String name) {
        return new Config(file + " at " + name, values.path(name));
    }

    /** A size or a count, 1 to 2^31 − 1. */
    public int size(String name) throws ModelException {
        if (!has(name)) {
            throw new ModelException(file + " has no " + name);
        }
        return size(name, 0);
    }

    public int size(String name, int otherwise) throws ModelException {
        JsonNode value = values.path(name);
        if (!has(name)) {
            return otherwise;
        }
        if (!value.canConvertToInt() || !value.isNumber() || value.asInt() < 1) {
            throw new ModelException(file + ": " + name + " is " + value + " and must be a number from 1 on");
        }
        return value.asInt();
    }

    /** How much of a width each head has. */
    public int head(int width, int heads) throws ModelException {
        if (width % heads != 0) {
            throw refused("a width of " + width + " cannot be cut into " + heads + " heads");
        }
        return width / heads;
    }

    /** An id that must be there; it may be 0. */
    public int id(String name) throws ModelException {
        if (!has(name)) {
            throw new ModelException(file + " has no " + name);
        }
        return id(name, 0);
    }

    /** An id; it may be 0. */
    public int id(String name, int otherwise) throws ModelException {
        JsonNode value = values.path(name);
        if (!has(name)) {
            return otherwise;
        }
        if (!value.canConvertToInt() || !value.isNumber() || value.asInt() < 0) {
            throw new ModelException(file + ": " + name + " is " + value + " and must be a number from 0 on");
        }
        return value.asInt();
    }

    /** Any whole number. */
    public int integer(String name, int otherwise) throws ModelException {
        JsonNode value = values.path(name);
        if (has(name) && !(value.isIntegralNumber() && value.canConvertToInt())) {
            throw new ModelException(file + ": " + name + " is " + value + " and must be a whole number");
        }
        return value.asInt(otherwise);
    }

    public double number(String name) throws ModelException {
        if (!values.path(name).isNumber()) {
            throw new ModelException(file + " has no number " + name);
        }
        return values.path(name).asDouble();
    }

    public double number(String name, double otherwise) throws ModelException {
        return has(name) ? number(name) : otherwise;
    }

    /** A flag that is null is one that is down: so Python takes it, whatever is usual. */
    public boolean flag(String name, boolean otherwise) throws ModelException {
        if (isNull(name)) {
            return false;
        }
        if (has(name) && !values.path(name).isBoolean()) {
            throw new ModelException(file + ": " + name + " is " + values.path(name) + " and must be true or false");
        }
        return values.path(name).asBoolean(otherwise);
    }

    public String text(String name, String otherwise) {
        return has(name) ? values.path(name).asText() : otherwise;
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        values.path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** What a list holds; nothing where there is none. */
    public JsonNode list(String name) {
        return values.path(name);
    }

    public List<Double> numbers(String name) throws ModelException {
        List<Double> numbers = new ArrayList<>();
        for (JsonNode number : values.path(name)) {
            if (!number.isNumber()) {
                throw new ModelException(file + ": " + name + " has " + number + "; it must have numbers only");
            }
            numbers.add(number.asDouble());
        }
        return numbers;
    }

    /** The release of transformers that wrote it; empty where it does not say. */
    String release() {
        return text("transformers_version", "");
    }

    /** Whether it was written by a release from this one on. */
    public boolean isSince(int major, int minor) {
        Matcher release = RELEASE.matcher(release());
        return release.matches()
                && (Integer.parseInt(release.group(1)) > major
                        || (Integer.parseInt(release.group(1)) == major
                                && Integer.parseInt(release.group(2)) >= minor));
    }

    /** Whether it was written by a release before 5, which does not read all that later ones do. */
    public boolean isBefore5() {
        return release().matches("[0-4]\\..*");
    }

    /** Whether config.json says that there is none, and not nothing. */
    public boolean isNull(String name) {
        return values.path(name).isNull();
    }

    /** Refuses a value that asks for more than is built. */
    public void mustBe(String name, String wanted) throws ModelException {
        if (isNull(name) || (has(name) && !values.path(name).asText().equals(wanted))) {
            throw new ModelException(
                    file + ": " + name + " is " + values.path(name) + "; only " + wanted + " is supported");
        }
    }

    /** Refuses what changes the model in a way that is not built. */
    public void mustBeAbsent(String name) throws ModelException {
        JsonNode value = values.path(name);
        boolean nothing =
                !has(name) || (value.isContainerNode() && value.isEmpty()) || (value.isBoolean() && !value.asBoolean());
        if (!nothing) {
            throw new ModelException(file + ": " + name + " is " + value + ", which is not supported");
        }
    }

    public ModelException refused(String why) {
        return new ModelException(file + ": " + why);
    }
}
