package phifleet.worker.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.Problems;
import phifleet.http.Reply;
import phifleet.http.WorkPool;

/** The description of this API. Read anew for each request, off the event loop, since it is asked for rarely. */
final class Description implements Endpoint {
    private static final String FILE = "/openapi.yaml";

    private final WorkPool pool;
    private final Form form;

    /** What it is written in. */
    enum Form {
        YAML("application/yaml; charset=utf-8"),
        JSON("application/json");

        private final String mediaType;

        Form(String mediaType) {
            this.mediaType = mediaType;
        }
    }

    Description(WorkPool pool, Form form) {
        this.pool = pool;
        this.form = form;
    }

    @Override
    public void handle(Exchange exchange) {
        if (!pool.offer(exchange, this::reply)) {
            exchange.refuse(Problems.busy("the server is too busy to read its files"));
        }
    }

    private Reply reply() {
        Buffer content = read();
        return exchange -> {
            exchange.response()
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "max-age=300");
            exchange.answer(200, form.mediaType, content);
        };
    }

    private Buffer read() {
        try (InputStream in = Description.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the program was packed without " + FILE);
            }
            return Buffer.buffer(
                    switch (form) {
                        case YAML -> in.readAllBytes();
                        case JSON -> new ObjectMapper().writeValueAsBytes(new YAMLMapper().readTree(in));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
