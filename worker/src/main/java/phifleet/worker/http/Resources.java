package phifleet.worker.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;

/**
 * The description of this API and the page that renders it: files out of the program's own jars, none from another host. Read
 * anew for each request, off the event loop, since they are asked for rarely and would take 2 MB of heap.
 */
final class Resources implements Endpoint {
    private static final String OWN = "/docs/";
    private static final String WEB_JAR = "/META-INF/resources/webjars/swagger-ui/" + webJarVersion() + "/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    /** Scripts and data from this server alone. The renderer sets styles from its script, which needs the inline ones. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final File DESCRIPTION = new File("/openapi.yaml", "application/yaml; charset=utf-8");
    private static final File PAGE = new File(OWN + "index.html", "text/html; charset=utf-8");
    private static final Map<String, File> ASSETS = Map.of(
            "start.js", new File(OWN + "start.js", SCRIPT),
            "swagger-ui-bundle.js", new File(WEB_JAR + "swagger-ui-bundle.js", SCRIPT),
            "swagger-ui.css", new File(WEB_JAR + "swagger-ui.css", "text/css; charset=utf-8"),
            "favicon-32x32.png", new File(WEB_JAR + "favicon-32x32.png", "image/png"));

    private final WorkPool pool;
    private final @Nullable File file;

    private record File(String path, String contentType) {}

    private Resources(WorkPool pool, @Nullable File file) {
        this.pool = pool;
        this.file = file;
    }

    static Resources description(WorkPool pool) {
        return new Resources(pool, DESCRIPTION);
    }

    static Resources page(WorkPool pool) {
        return new Resources(pool, PAGE);
    }

    /** What the page asks for, by the last part of the path. */
    static Resources assets(WorkPool pool) {
        return new Resources(pool, null);
    }

    @Override
    public void handle(Exchange exchange) {
        File asked = file;
        if (asked == null) {
            String path = String.valueOf(exchange.request().path());
            asked = ASSETS.get(path.substring(path.lastIndexOf('/') + 1));
        }
        if (asked == null) {
            exchange.refuse(Problem.of(404, "not_found", "there is nothing at this path", null));
            return;
        }
        File found = asked;
        if (!pool.offer(exchange, () -> send(found))) {
            exchange.refuse(Problems.busy("the server is too busy to read its files"));
        }
    }

    private static Reply send(File file) {
        Buffer content = read(file.path);
        return exchange -> {
            exchange.response()
                    .putHeader("Content-Security-Policy", POLICY)
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Referrer-Policy", "no-referrer")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "max-age=300");
            exchange.answer(200, file.contentType, content);
        };
    }

    private static Buffer read(String path) {
        try (InputStream in = Resources.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the program was packed without " + path);
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String webJarVersion() {
        Properties properties = new Properties();
        try (InputStream in =
                Resources.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "absent");
    }
}
