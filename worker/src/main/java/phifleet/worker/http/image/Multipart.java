package phifleet.worker.http.image;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;

/** The one file of a form, as browsers and {@code curl -F} send it. */
public final class Multipart {
    private static final String TYPE = "multipart/form-data";

    private Multipart() {}

    public static boolean isType(@Nullable String mediaType) {
        return mediaType != null && mediaType.toLowerCase(Locale.ROOT).startsWith(TYPE);
    }

    /** The file's bytes; fields that are no file are passed over. */
    public static byte[] file(String mediaType, byte[] body) throws BadBody {
        FullHttpRequest form =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
        form.headers().set(HttpHeaderNames.CONTENT_TYPE, mediaType);
        byte @Nullable [] found = null;
        try {
            // In memory, where the body is already.
            HttpPostMultipartRequestDecoder decoder =
                    new HttpPostMultipartRequestDecoder(new DefaultHttpDataFactory(false), form);
            try {
                for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
                    if (part instanceof FileUpload file) {
                        if (found != null) {
                            throw wrong("has more than one file; one image is taken");
                        }
                        found = file.get();
                    }
                }
            } finally {
                decoder.destroy();
            }
        } catch (IOException | RuntimeException e) {
            throw wrong("cannot be read: " + e.getMessage());
        }
        if (found == null) {
            throw wrong("has no file; send one as curl -F image=@FILE does");
        }
        return found;
    }

    private static BadBody wrong(String what) {
        return BadBody.value(Problem.badRequest("invalid_form", "the form " + what, "image"));
    }
}
