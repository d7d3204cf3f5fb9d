package phifleet.worker.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import phifleet.worker.http.ApiDescription;

/** Values that a schema of the API's description allows, and values that it does not. */
final class SchemaInput {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "hello world",
            "E = mc^2",
            "x^2 + y^2 = z^2",
            "\u00e9\ud83d\ude00",
            "\u0000",
            "\u202e",
            "[MASK] [SEP]",
            "m/s^2",
            "all-minilm-l6-v2",
            "query",
            "float",
            "base64",
            " ",
            "a ".repeat(600),
            "\ufffe",
            "Z\u0351\u0343\u034d".repeat(40));
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "2147483647",
            "2147483648",
            "-9223372036854775809",
            "1e400",
            "1e-400",
            "0.5",
            "1E5",
            "-0",
            "101",
            "30522",
            "9".repeat(200));
    private static final int MAX_DEPTH = 12;

    private final ApiDescription description;

    SchemaInput(ApiDescription description) {
        this.description = description;
    }

    /** A value that fits, or nearly: what schemas say in words is not followed. */
    JsonNode fitting(JsonNode schema, RandomGenerator random) {
        return fitting(schema, random, 0);
    }

    private JsonNode fitting(JsonNode named, RandomGenerator random, int depth) {
        JsonNode schema = description.resolved(named);
        for (String choice : List.of("oneOf", "anyOf")) {
            if (schema.has(choice)) {
                return fitting(any(schema.get(choice), random), random, depth + 1);
            }
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return any(schema.get("enum"), random);
        }
        JsonNode types = schema.path("type");
        String type = types.isArray() ? any(types, random).asText() : types.asText("object");
        return switch (depth > MAX_DEPTH ? "null" : type) {
            case "string" -> NODES.textNode(Mutations.one(TEXTS, random));
            case "integer" ->
                NODES.numberNode(random.nextLong(
                        schema.path("minimum").asLong(0), schema.path("maximum").asLong(1000) + 1));
            case "number" -> NODES.numberNode(random.nextDouble());
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "array" -> {
                ArrayNode list = NODES.arrayNode();
                int most = (int) Math.min(schema.path("maxItems").asLong(4), 4);
                for (int i = random.nextInt(most + 1) + schema.path("minItems").asInt(0); i > 0; i--) {
                    list.add(fitting(schema.path("items"), random, depth + 1));
                }
                yield list;
            }
            case "object" -> object(schema, random, depth);
            default -> NODES.nullNode();
        };
    }

    private ObjectNode object(JsonNode schema, RandomGenerator random, int depth) {
        ObjectNode object = NODES.objectNode();
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            if (required.contains(field.getKey()) || random.nextInt(3) == 0) {
                object.set(field.getKey(), fitting(field.getValue(), random, depth + 1));
            }
        }
        if (schema.path("additionalProperties").isObject()) {
            for (int i = random.nextInt(3); i > 0; i--) {
                object.set(
                        Mutations.one(List.of("m", "x", "E", "\u03c6", ""), random),
                        fitting(schema.get("additionalProperties"), random, depth + 1));
            }
        }
        return object;
    }

    /** As JSON's text, with or without damage. */
    byte[] body(JsonNode schema, RandomGenerator random) {
        JsonNode value = fitting(schema, random);
        int kind = random.nextInt(10);
        if (kind >= 3 && kind < 7) {
            value = damaged(value, random);
        }
        byte[] text = value.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return switch (kind) {
            case 7, 8 -> Mutations.of(text, random);
            case 9 -> junk(random).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            default -> text;
        };
    }

    private JsonNode damaged(JsonNode value, RandomGenerator random) {
        if (value.isEmpty() || random.nextInt(4) == 0) {
            return junk(random);
        }
        if (value instanceof ArrayNode list) {
            int at = random.nextInt(list.size());
            list.set(at, damaged(list.get(at), random));
        } else if (value instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = Mutations.one(names, random);
            switch (random.nextInt(5)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(Mutations.one(TEXTS, random) + "x".repeat(random.nextInt(400)), junk(random));
                default -> object.set(name, damaged(object.get(name), random));
            }
        }
        return value;
    }

    private static JsonNode junk(RandomGenerator random) {
        return switch (random.nextInt(9)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2, 3 -> NODES.numberNode(new BigDecimal(Mutations.one(NUMBERS, random)));
            case 4 -> NODES.textNode(Mutations.one(TEXTS, random));
            case 5 -> NODES.objectNode();
            case 6 -> NODES.arrayNode();
            case 7 -> {
                JsonNode nested = NODES.numberNode(1);
                for (int i = random.nextInt(60); i > 0; i--) {
                    nested = random.nextBoolean()
                            ? NODES.arrayNode().add(nested)
                            : NODES.objectNode().set("a", nested);
                }
                yield nested;
            }
            default -> {
                ArrayNode list = NODES.arrayNode();
                for (int i = random.nextInt(3_000); i > 0; i--) {
                    list.add("");
                }
                yield list;
            }
        };
    }

    private static JsonNode any(JsonNode list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }
}
