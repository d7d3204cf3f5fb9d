package phifleet.http.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.common.json.JsonFaults;

/**
 * One JSON object read front to back, with no tree. Each method either gives a value of the type it names or throws a
 * {@link BadBody} that names field, type and value. Not thread-safe.
 */
public final class JsonInput implements AutoCloseable {
    private final JsonParser parser;
    private final byte[] body;
    private final JsonLimits limits;

    /** Made by {@link JsonLimits#open}. */
    JsonInput(JsonParser parser, byte[] body, JsonLimits limits) {
        this.parser = parser;
        this.body = body;
        this.limits = limits;
    }

    /** The first token of the body: it must open an object. */
    public void openObject() throws BadBody {
        JsonToken first = next();
        if (first == null) {
            throw BadBody.syntax(
                    Problem.badRequest("invalid_json", "the body is empty; a JSON object is needed", null));
        }
        if (first != JsonToken.START_OBJECT) {
            throw BadBody.syntax(
                    Problem.badRequest("invalid_json", "the body must be a JSON object, was " + describe(), null));
        }
    }

    /** The current value must be an object; its fields follow. */
    public void openNested(String field) throws BadBody {
        if (current() != JsonToken.START_OBJECT) {
            throw mismatch(field, -1, "an object");
        }
    }

    /** Reads the fields of the current value, an object, one after the other; none where it is null. */
    public void eachField(String place, JsonLimits.FieldReader reader) throws BadBody {
        if (isNull()) {
            return;
        }
        openNested(place);
        for (String field = nextField(); field != null; field = nextField()) {
            reader.field(field, this);
        }
    }

    /** The next field of the object, with its value as the current token; null at the object's end. */
    @Nullable
    public String nextField() throws BadBody {
        if (next() == JsonToken.END_OBJECT) {
            return null;
        }
        try {
            String name = parser.currentName();
            next();
            return name;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Nothing but white space may follow. */
    public void end() throws BadBody {
        if (next() != null) {
            throw BadBody.syntax(Problem.badRequest(
                    "invalid_json", "something follows the JSON object: " + describe() + at(), null));
        }
    }

    /** Moves to the next token; null at the end of the body. */
    @Nullable
    public JsonToken next() throws BadBody {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    public JsonToken current() {
        return parser.currentToken();
    }

    public boolean isNull() {
        return current() == JsonToken.VALUE_NULL;
    }

    /** Leaves the current value unread, whatever it is. */
    public void skip() throws BadBody {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** A text of any length that the limits allow. */
    public String text(String field, int index) throws BadBody {
        if (current() != JsonToken.VALUE_STRING) {
            throw mismatch(field, index, "a string");
        }
        try {
            String text = parser.getText();
            if (text.length() > limits.maxTextCharacters()) {
                throw tooLong(path(field, index), limits.maxTextCharacters());
            }
            int lone = Surrogates.firstLone(text);
            if (lone >= 0) {
                throw BadBody.value(Problem.badRequest(
                        "lone_surrogate",
                        "`" + path(field, index) + "` has a lone surrogate \\u"
                                + Integer.toHexString(text.charAt(lone)) + " at character " + lone
                                + ", which is no Unicode text",
                        path(field, index)));
            }
            return text;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** A file in base64, which may be longer than a text. */
    public String file(String field) throws BadBody {
        if (current() != JsonToken.VALUE_STRING) {
            throw mismatch(field, -1, "a string of base64");
        }
        try {
            String text = parser.getText();
            if (text.length() > limits.maxFileCharacters()) {
                throw tooLong(field, limits.maxFileCharacters());
            }
            return text;
        } catch (IOException e) {
            throw broken(e, limits.maxFileCharacters());
        }
    }

    public String text(String field) throws BadBody {
        return text(field, -1);
    }

    /** A text, or null where the JSON says null. */
    @Nullable
    public String optionalText(String field) throws BadBody {
        return isNull() ? null : text(field, -1);
    }

    /** {@code true} or {@code false}; the fallback where the JSON says null. */
    public boolean flag(String field, boolean fallback) throws BadBody {
        return switch (current()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> fallback;
            default -> throw mismatch(field, -1, "true or false");
        };
    }

    /** {@code true} or {@code false}, or null where the JSON says null. */
    @Nullable
    public Boolean optionalFlag(String field) throws BadBody {
        return isNull() ? null : flag(field, false);
    }

    /** A whole number between two bounds, both included. */
    public int integer(String field, int index, int least, int most) throws BadBody {
        try {
            if (current() == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() == JsonParser.NumberType.INT) {
                int value = parser.getIntValue();
                if (value >= least && value <= most) {
                    return value;
                }
            }
        } catch (IOException e) {
            throw broken(e);
        }
        throw mismatch(field, index, "a whole number from " + least + " to " + most);
    }

    /** A whole number of 64 bits. */
    public long integer64(String field) throws BadBody {
        try {
            if (current() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                return parser.getLongValue();
            }
        } catch (IOException e) {
            throw broken(e);
        }
        throw mismatch(field, -1, "a whole number of 64 bits");
    }

    /** A number as a 32-bit float; one too large for it is refused. */
    public float float32(String field, int index) throws BadBody {
        double value = float64(field, index);
        if (Math.abs(value) > Float.MAX_VALUE && Float.isInfinite((float) value)) {
            throw mismatch(field, index, "a number of 32-bit floats, at most " + Float.MAX_VALUE);
        }
        return (float) value;
    }

    /** A number as a 64-bit float; one too large for it is refused. */
    public double float64(String field, int index) throws BadBody {
        try {
            if (current() == JsonToken.VALUE_NUMBER_FLOAT || current() == JsonToken.VALUE_NUMBER_INT) {
                double value = parser.getDoubleValue();
                if (Double.isFinite(value)) {
                    return value;
                }
            }
        } catch (IOException e) {
            throw broken(e);
        }
        throw mismatch(field, index, "a finite number");
    }

    /** A whole number between two bounds, both included. */
    public long integer64(String field, int index, long least, long most) throws BadBody {
        try {
            if (current() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                long value = parser.getLongValue();
                if (value >= least && value <= most) {
                    return value;
                }
            }
        } catch (IOException e) {
            throw broken(e);
        }
        throw mismatch(field, index, "a whole number from " + least + " to " + most);
    }

    /** A whole number of 64 bits without a sign; its bits. */
    public long unsigned64(String field, int index) throws BadBody {
        try {
            if (current() == JsonToken.VALUE_NUMBER_INT) {
                BigInteger value = parser.getBigIntegerValue();
                if (value.signum() >= 0 && value.bitLength() <= Long.SIZE) {
                    return value.longValue();
                }
            }
        } catch (IOException e) {
            throw broken(e);
        }
        throw mismatch(field, index, "a whole number from 0 to 18446744073709551615");
    }

    /** Leaves a list unread and gives its bytes, which are JSON of their own. */
    public byte[] skippedList(String field) throws BadBody {
        if (current() != JsonToken.START_ARRAY) {
            throw mismatch(field, -1, "a list");
        }
        // The bracket was the last byte read.
        int from = offset(parser.currentLocation()) - 1;
        skip();
        return Arrays.copyOfRange(body, from, offset(parser.currentLocation()));
    }

    /** The current value has another type than the field allows. */
    public BadBody mismatch(String field, int index, String wanted) throws BadBody {
        String path = path(field, index);
        return BadBody.value(
                Problem.badRequest("invalid_value", "`" + path + "` must be " + wanted + ", was " + describe(), path));
    }

    /** {@code texts} or {@code texts[3]}. */
    public static String path(String field, int index) {
        return index < 0 ? field : field + "[" + index + "]";
    }

    /** A list is longer than it may be. */
    public static BadBody tooMany(String field, int limit) {
        return BadBody.syntax(Problem.of(
                413,
                "too_many_texts",
                "`" + field + "` has more than " + limit + " entries, which is the limit",
                field));
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new IllegalStateException("an array in memory can not fail to close", e);
        }
    }

    private String describe() throws BadBody {
        try {
            return switch (current()) {
                case VALUE_NULL -> "null";
                case VALUE_TRUE -> "true";
                case VALUE_FALSE -> "false";
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + Excerpt.of(parser.getText());
                case VALUE_STRING -> "the string \"" + Excerpt.of(parser.getText()) + "\"";
                case START_ARRAY -> "a list";
                case START_OBJECT -> "an object";
                default -> "something else";
            };
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private BadBody broken(IOException cause) {
        return broken(cause, limits.maxTextCharacters());
    }

    /** @param most characters that a string may have in this place */
    private BadBody broken(IOException cause, int most) {
        if (cause instanceof StreamConstraintsException constraint) {
            return overLimit(constraint, most);
        }
        if (cause instanceof JsonEOFException) {
            return BadBody.syntax(Problem.badRequest(
                    "invalid_json", "the JSON ends too early" + JsonPlace.of(body, body.length), null));
        }
        JsonLocation where = cause instanceof JsonProcessingException known ? known.getLocation() : null;
        int offset = where == null ? -1 : offset(where);
        // A name that stands twice comes without a place.
        String place = JsonPlace.of(body, offset <= 0 ? offset() : offset);
        return BadBody.syntax(Problem.badRequest(
                "invalid_json", "the body is not valid JSON: " + JsonFaults.words(cause) + place, null));
    }

    private BadBody overLimit(StreamConstraintsException cause, int most) {
        if (parser.getParsingContext().getNestingDepth() > limits.maxDepth()) {
            return BadBody.syntax(Problem.badRequest(
                    "json_too_deep", "the JSON nests deeper than " + limits.maxDepth() + " levels" + at(), null));
        }
        // Empty where nothing was opened yet.
        String pointer = parser.getParsingContext().pathAsPointer().toString().replaceFirst("^/", "");
        String reason = String.valueOf(cause.getOriginalMessage());
        if (reason.startsWith("String")) {
            return tooLong(pointer.replaceAll("/(\\d+)", "[$1]").replace('/', '.'), most);
        }
        return BadBody.syntax(Problem.badRequest(
                "invalid_json",
                (reason.startsWith("Number") ? "a number" : "a name") + " in the JSON is too long" + at(),
                null));
    }

    private static BadBody tooLong(String path, int most) {
        return BadBody.syntax(Problem.of(
                413, "text_too_long", "`" + path + "` has more characters, at most " + most + " are taken", path));
    }

    private String at() {
        return JsonPlace.of(body, offset());
    }

    private int offset() {
        return Math.max(offset(parser.currentLocation()), offset(parser.currentTokenLocation()));
    }

    /** The parser counts UTF-16 units; places are told in bytes. */
    private int offset(JsonLocation location) {
        return Utf8.bytes(body, location.getCharOffset());
    }
}
