package phifleet.worker.http.state;

import org.jspecify.annotations.Nullable;
import phifleet.common.ModelRoutes;
import phifleet.http.Exchange;

/** The model that a request's head names, for those whose bodies name none. */
public final class ModelHeader {
    private ModelHeader() {}

    /** What the body names; else what the head names; null where neither does. */
    public static @Nullable String or(@Nullable String inBody, Exchange exchange) {
        String inHead = inBody == null ? exchange.request().getHeader(ModelRoutes.HEADER) : inBody;
        return inHead == null || inHead.isBlank() ? null : inHead.strip();
    }
}
