package phifleet.inference.text;

import phifleet.inference.model.TokenSequence;

/** One input of a sentence encoder: a text, or the ids that the caller tokenised for itself. */
public sealed interface TextInput {

    /** A text; well-formed UTF-16. */
    record Text(String text) implements TextInput {}

    /** Token ids, special tokens included, used as they are. */
    record Ids(TokenSequence sequence) implements TextInput {}
}
