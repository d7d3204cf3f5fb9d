package phifleet.gateway.balance;

import java.util.List;

/** What became of keeping new requests from a worker. */
public sealed interface Cordoning {
    /** It gets none. */
    record Done() implements Cordoning {}

    /** No other takes requests, so that all would fail. */
    record LastWorker() implements Cordoning {}

    /**
     * Requests for some models would fail: no other worker that takes requests holds them, or could load them.
     *
     * @param models by all of their names, sorted
     */
    record LastHolder(List<String> models) implements Cordoning {}
}
