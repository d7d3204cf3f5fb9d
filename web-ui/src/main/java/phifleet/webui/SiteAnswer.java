package phifleet.webui;

import java.util.Map;

/** What a server answers for a file: status, headers and body. Immutable, as long as nobody writes into the body. */
public final class SiteAnswer {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    SiteAnswer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** 200 or 304. */
    public int status() {
        return status;
    }

    /** All but {@code Content-Length}, in the order in which they are best sent. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The same bytes for every caller, which must leave them as they are; empty with 304. */
    public byte[] body() {
        return body;
    }
}
