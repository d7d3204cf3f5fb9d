package phifleet.worker.http.ingest;

import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooLongFormFieldException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooManyFormFieldsException;
import java.io.IOException;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.Excerpt;

/**
 * Why a form cannot be read, in words for who sent it: what Netty's decoder throws for some faults has no message, for others a class's
 * name.
 *
 * @param mostParts of a form
 * @param mostHeadBytes of one part's head
 */
record FormFaults(int mostParts, int mostHeadBytes) {
    private static final String UNFORESEEN = "a part is not as RFC 7578 has it";

    Problem of(Exception e) {
        return broken(
                switch (e) {
                    case TooManyFormFieldsException many -> "it has more than " + mostParts + " parts";
                    case TooLongFormFieldException headless ->
                        "the head of a part has more than " + mostHeadBytes + " bytes";
                    default -> reason(e);
                });
    }

    static Problem broken(String reason) {
        return Problem.badRequest("invalid_form", "the form cannot be read: " + reason, "images");
    }

    static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case UnsupportedCharsetException unknown -> charset(unknown.getCharsetName());
            case IllegalCharsetNameException illegal -> charset(illegal.getCharsetName());
            case ErrorDataDecoderException wrong -> words(wrong);
            case IOException wrong -> words(wrong);
            // A slip of the decoder's own at a part that it did not foresee.
            default -> UNFORESEEN;
        };
    }

    private static String words(Exception e) {
        @Nullable String words = e.getMessage();
        return words == null || words.isBlank() ? UNFORESEEN : words;
    }

    private static String charset(@Nullable String name) {
        return "the charset '" + Excerpt.of(String.valueOf(name)) + "' is unknown";
    }
}
