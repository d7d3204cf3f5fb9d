package phifleet.worker.http.embed;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.Problems;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.text.TextInput;
import phifleet.worker.http.image.ImageFile;

/**
 * The inputs of a request, with the names they had there.
 *
 * @param field the list's name: {@code texts}, {@code inputs} or {@code input}
 * @param list all but the images
 * @param first the name of the first input where that stood outside the list; null where it did not
 * @param pictures in the order of their places
 */
record TextInputs(
        String field, List<TextInput> list, @Nullable String first, List<Picture> pictures) {

    /** An image among the inputs. */
    record Picture(int place, ImageFile file) {}

    TextInputs(String field, List<TextInput> list, @Nullable String first) {
        this(field, list, first, List.of());
    }

    /** Which forms a dialect takes. */
    enum Form {
        /** A list of strings. */
        STRINGS,
        /** A list of strings, and of objects with a text or an image. */
        STRINGS_OR_ITEMS,
        /** A string or a list of strings. */
        STRING_OR_STRINGS,
        /** A string, a list of strings, a list of token ids, or a list of such lists. */
        STRINGS_OR_IDS,
        /** All of these. */
        STRINGS_OR_IDS_OR_ITEMS;

        boolean takesIds() {
            return this == STRINGS_OR_IDS || this == STRINGS_OR_IDS_OR_ITEMS;
        }

        boolean takesItems() {
            return this == STRINGS_OR_ITEMS || this == STRINGS_OR_IDS_OR_ITEMS;
        }

        boolean isListAlone() {
            return this == STRINGS || this == STRINGS_OR_ITEMS;
        }
    }

    /** One input alone, without a list. */
    static TextInputs single(String field, TextInput input) {
        return new TextInputs(field, List.of(input), field);
    }

    /** How many there are, images included. */
    int size() {
        return list.size() + pictures.size();
    }

    /** Of all but the images: {@code texts[3]}, or {@code input} where there was no list. */
    String path(int index) {
        if (first == null) {
            return JsonInput.path(field, place(index));
        }
        return index == 0 ? first : JsonInput.path(field, index - 1);
    }

    private int place(int index) {
        int place = index;
        for (Picture picture : pictures) {
            if (picture.place() <= place) {
                place++;
            }
        }
        return place;
    }

    /** Vectors in the order of the inputs, of those of the texts and of the images. */
    List<Vector> inOrder(List<Vector> texts, List<Vector> images) {
        List<Vector> all = new ArrayList<>(texts);
        for (int i = 0; i < images.size(); i++) {
            all.add(pictures.get(i).place(), images.get(i));
        }
        return all;
    }

    /** Reads the current value, and stops as soon as a limit is passed. */
    static TextInputs read(JsonInput json, String field, Form form, JsonLimits limits) throws BadBody {
        boolean takesIds = form.takesIds();
        if (!form.isListAlone() && json.current() == JsonToken.VALUE_STRING) {
            return single(field, new TextInput.Text(json.text(field)));
        }
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch(
                    field,
                    -1,
                    switch (form) {
                        case STRINGS -> "a list of strings";
                        case STRINGS_OR_ITEMS -> "a list of strings, or of objects with `text` or `image`";
                        case STRING_OR_STRINGS -> "a string or a list of strings";
                        case STRINGS_OR_IDS -> "a string or a list of strings or of token ids";
                        case STRINGS_OR_IDS_OR_ITEMS ->
                            "a string or a list of strings, of token ids, or of objects with `text` or `image`";
                    });
        }
        JsonToken first = json.next();
        if (first == JsonToken.END_ARRAY) {
            throw BadBody.value(Problems.empty(field));
        }
        if (takesIds && first == JsonToken.VALUE_NUMBER_INT) {
            return single(field, ids(json, field, limits));
        }
        List<TextInput> list = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        do {
            int place = list.size() + pictures.size();
            if (place == limits.maxTexts()) {
                throw JsonInput.tooMany(field, limits.maxTexts());
            }
            if (form.takesItems() && json.current() == JsonToken.START_OBJECT) {
                switch (EmbedItem.read(json, JsonInput.path(field, place))) {
                    case EmbedItem.Text(String text) -> list.add(new TextInput.Text(text));
                    case EmbedItem.Image(ImageFile file) -> pictures.add(new Picture(place, file));
                }
            } else if (takesIds && json.current() == JsonToken.START_ARRAY) {
                String path = JsonInput.path(field, place);
                if (json.next() == JsonToken.END_ARRAY) {
                    throw BadBody.value(Problems.empty(path));
                }
                list.add(ids(json, path, limits));
            } else {
                list.add(new TextInput.Text(json.text(field, place)));
            }
        } while (json.next() != JsonToken.END_ARRAY);
        return new TextInputs(field, list, null, pictures);
    }

    /** The ids of one list, whose first is the current token. */
    static TextInput.Ids ids(JsonInput json, String field, JsonLimits limits) throws BadBody {
        int[] ids = new int[64];
        int count = 0;
        do {
            if (count == limits.maxTextCharacters()) {
                throw BadBody.syntax(Problem.of(
                        413,
                        "text_too_long",
                        "`" + field + "` has more than " + count + " token ids, which is the limit",
                        field));
            }
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, count * 2);
            }
            ids[count] = json.integer(field, count, 0, Integer.MAX_VALUE);
            count++;
        } while (json.next() != JsonToken.END_ARRAY);
        return new TextInput.Ids(new TokenSequence(Arrays.copyOf(ids, count)));
    }
}
