package phifleet.worker.http;

/** Whether the process lives, whether it takes work, and both in one. */
enum HealthEndpoint implements Endpoint {
    SUMMARY,
    LIVE,
    READY;

    @Override
    public void handle(Exchange exchange) {
        WorkerState state = exchange.edge().state();
        JsonOutput out = new JsonOutput(256);
        switch (this) {
            case SUMMARY -> {
                out.raw("{\"status\":\"")
                        .raw(state.isReady() ? "ok" : state.phase().label());
                out.raw("\",\"service\":\"phi-worker\",\"version\":")
                        .string(exchange.edge().identity().version());
                reason(state, out);
                exchange.answer(state.isReady() ? 200 : 503, Exchange.JSON, out.takeLast());
            }
            case LIVE -> {
                out.raw("{\"status\":\"live\"}");
                exchange.answer(out);
            }
            case READY -> {
                out.raw("{\"status\":\"").raw(state.phase().label()).raw('"');
                reason(state, out);
                exchange.answer(state.isReady() ? 200 : 503, Exchange.JSON, out.takeLast());
            }
        }
    }

    private static void reason(WorkerState state, JsonOutput out) {
        if (!state.reason().isEmpty()) {
            out.raw(",\"reason\":").string(state.reason());
        }
        out.raw('}');
    }
}
