package phifleet.worker.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.Reply;
import phifleet.http.endpoint.WorkPool;

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

    /** The file is ours; the reader wants a bound. */
    private static final int MOST_ALIASES = 1000;

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
                        case JSON -> new ObjectMapper().writeValueAsBytes(expanded(in));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With every alias in its place; Jackson's own reader gives an alias by its name. */
    static Object expanded(InputStream yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_ALIASES);
        return new Yaml(new SafeConstructor(options)).load(yaml);
    }
}
