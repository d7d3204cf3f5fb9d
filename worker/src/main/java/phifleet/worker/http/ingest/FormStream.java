package phifleet.worker.http.ingest;

import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.EndOfDataDecoderException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Backpressure;
import phifleet.http.BodyReader;
import phifleet.http.Exchange;
import phifleet.http.json.BadBody;
import phifleet.worker.http.ingest.pipeline.IngestSettings;

/**
 * A form of files, taken apart as it comes: each file goes on its way once its last byte is here, and the connection is read no further
 * while as many wait as may, or while some do and there is little memory for bodies left, so that a request may be longer than the memory, and many. Parts {@code id} and {@code metadata} are of the file
 * that comes next; without an id a file's name is it. On the exchange's event loop.
 */
final class FormStream {
    private static final long PACE_MILLIS = 5_000;

    /** Parts that may stand beside each image. */
    private static final int FIELDS_OF_AN_IMAGE = 4;

    /** What of the form is read and not yet dropped. */
    private static final int DISCARD_BYTES = 64 * 1024;

    private final Exchange exchange;
    private final HttpServerRequest request;
    private final IngestRun run;
    private final int mostImages;
    private final FormFaults faults;
    private final HttpPostMultipartRequestDecoder decoder;
    private final long timer;
    private @Nullable String nextName;
    private Map<String, Object> nextMetadata = Map.of();
    private @Nullable Problem nextProblem;
    private boolean paused;
    private boolean over;
    private boolean ended;
    private long received;
    private long receivedAtMark;

    /** @throws RuntimeException if the type names no boundary */
    private FormStream(Exchange exchange, IngestRun run, IngestSettings settings, String mediaType) {
        this.exchange = exchange;
        this.request = exchange.request();
        this.run = run;
        this.mostImages = settings.maxImages();
        HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        head.headers().set(HttpHeaderNames.CONTENT_TYPE, mediaType);
        int mostFields = (int) Math.min(Integer.MAX_VALUE, (long) FIELDS_OF_AN_IMAGE * (mostImages + 1L));
        this.faults = new FormFaults(mostFields, DISCARD_BYTES);
        this.decoder = new HttpPostMultipartRequestDecoder(
                new FormParts(settings.maxFileBytes(), exchange.edge().budget()),
                head,
                StandardCharsets.UTF_8,
                mostFields,
                DISCARD_BYTES);
        decoder.setDiscardThreshold(DISCARD_BYTES);
        this.timer = exchange.edge().vertx().setPeriodic(PACE_MILLIS, passed -> look());
    }

    /** Begins to read; the answer is the run's. */
    static void read(Exchange exchange, IngestRun run, IngestSettings settings, String mediaType) {
        if (!mediaType.toLowerCase(Locale.ROOT).contains("boundary=")) {
            exchange.refuse(FormFaults.broken("its Content-Type names no boundary"));
            return;
        }
        FormStream stream;
        try {
            stream = new FormStream(exchange, run, settings, mediaType);
        } catch (RuntimeException e) {
            exchange.refuse(FormFaults.broken(FormFaults.reason(e)));
            return;
        }
        stream.listen();
    }

    private void listen() {
        run.onRoom(this::resumeIfRoom);
        request.handler(this::chunk);
        request.endHandler(ended -> exchange.run(this::end));
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            exchange.response().writeContinue();
        }
    }

    private void chunk(Buffer chunk) {
        if (over) {
            return;
        }
        if (exchange.isOver()) {
            finish();
            return;
        }
        received += chunk.length();
        try {
            decoder.offer(new DefaultHttpContent(((BufferInternal) chunk).getByteBuf()));
            takeParts();
        } catch (IOException | RuntimeException e) {
            fail(faults.of(e));
            return;
        }
        if (!over && !paused && !hasRoom()) {
            paused = true;
            Backpressure.pause(request);
        }
    }

    /** Who has no image on its way reads on, whatever memory is left: nothing would ever have it go on. */
    private boolean hasRoom() {
        return !run.isFull() && !(run.isUnderWay() && exchange.edge().budget().isTight());
    }

    private void resumeIfRoom() {
        if (exchange.isOver()) {
            finish();
        } else if (paused && hasRoom()) {
            paused = false;
            receivedAtMark = -1;
            Backpressure.resume(request);
        }
    }

    /** @return whether the form has ended */
    private boolean takeParts() throws IOException {
        try {
            while (!over && decoder.hasNext()) {
                InterfaceHttpData part = decoder.next();
                decoder.removeHttpDataFromClean(part);
                switch (part) {
                    case FormFile file -> file(file);
                    case Attribute field -> field(field);
                    default -> part.release();
                }
            }
            return false;
        } catch (EndOfDataDecoderException e) {
            return true;
        }
    }

    private void file(FormFile file) {
        @Nullable String name = nextName == null ? file.getFilename() : nextName;
        Map<String, Object> metadata = nextMetadata;
        Problem problem = file.problem() == null ? nextProblem : file.problem();
        nextName = null;
        nextMetadata = Map.of();
        nextProblem = null;
        if (run.count() >= mostImages) {
            file.delete();
            fail(IngestProblems.tooMany(mostImages));
            return;
        }
        try {
            name = ImageNames.checked(name, "id");
        } catch (BadBody e) {
            name = null;
            problem = e.problem();
        }
        if (problem == null && file.length() == 0) {
            problem = Problem.badRequest("invalid_image", "the file is empty", "image");
        }
        if (problem == null) {
            run.add(file.take(name, metadata));
        } else {
            file.delete();
            run.addFailure(name, problem);
        }
    }

    private void field(Attribute field) throws IOException {
        String value = field.getValue();
        String name = field.getName();
        field.release();
        switch (name) {
            case "id" -> nextName = value;
            case Metadata.FIELD -> {
                try {
                    nextMetadata = Metadata.parse(value.getBytes(StandardCharsets.UTF_8));
                } catch (BadBody e) {
                    nextProblem = e.problem();
                }
            }
            case "image", "images" ->
                run.addFailure(
                        nextName,
                        Problem.badRequest(
                                "invalid_form", "the part `" + name + "` has no filename, and so is no file", name));
            default -> {
                // Forms of browsers have others.
            }
        }
    }

    private void end() {
        ended = true;
        if (over) {
            return;
        }
        Problem framing = BodyReader.broken(request);
        if (framing != null) {
            fail(framing);
            return;
        }
        try {
            decoder.offer(LastHttpContent.EMPTY_LAST_CONTENT);
            if (!takeParts()) {
                fail(FormFaults.broken("it ends before its last boundary"));
                return;
            }
        } catch (IOException | RuntimeException e) {
            fail(faults.of(e));
            return;
        }
        if (over) {
            return;
        }
        finish();
        if (run.count() == 0) {
            exchange.refuse(Problem.badRequest(
                    "invalid_form", "the form has no file; send some as curl -F images=@FILE does", "images"));
        } else {
            run.end();
        }
    }

    private void look() {
        if (exchange.isOver()) {
            finish();
            return;
        }
        int least = exchange.edge().settings().bodyBytesPerSecond();
        if (!paused && receivedAtMark >= 0 && (received - receivedAtMark) * 1000 < least * PACE_MILLIS) {
            fail(BodyReader.tooSlow(least));
        }
        receivedAtMark = received;
    }

    /** What was read before goes on, and the answer names what was wrong behind it. */
    private void fail(Problem problem) {
        if (over) {
            return;
        }
        finish();
        if (run.count() == 0) {
            exchange.refuse(problem);
        } else {
            exchange.closeAfterwards();
            run.addFailure(null, problem);
            run.end();
        }
    }

    private void finish() {
        if (over) {
            return;
        }
        over = true;
        exchange.edge().vertx().cancelTimer(timer);
        if (decoder.currentPartialHttpData() instanceof FormFile cut) {
            cut.delete();
        }
        decoder.destroy();
        if (!ended) {
            // What still comes is read and dropped.
            request.handler(rest -> {});
            request.endHandler(null);
            Backpressure.resume(request);
        }
    }
}
