package phifleet.http.dialect;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import phifleet.common.Problem;
import phifleet.http.json.JsonOutput;

/** How a dialect says no: a status and a body of its own, so that its official clients understand. */
public interface ProblemShape {

    /** The HTTP status; the problem's own unless the dialect has another for it. */
    default int status(Problem problem) {
        return problem.status();
    }

    void write(Problem problem, JsonOutput out);

    /** Fills in the head of a refusal, but for what all dialects have, and gives its body. */
    default Buffer head(Problem problem, HttpServerResponse response) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, JsonOutput.MEDIA_TYPE);
        response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        JsonOutput out = new JsonOutput(256);
        write(problem, out);
        return out.takeLast();
    }

    /**
     * Says behind an answer that has begun why it breaks off.
     *
     * @return false where the dialect has no words for it, so that only a broken connection tells
     */
    default boolean trail(Problem problem, HttpServerResponse response) {
        return false;
    }
}
