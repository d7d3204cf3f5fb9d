package phifleet.worker.http.lane;

import io.vertx.core.http.HttpHeaders;
import phifleet.common.FleetHeaders;
import phifleet.http.Exchange;
import phifleet.inference.lane.Timing;

/** What an answer says of the device's time that it took. */
final class DeviceTime {
    private static final CharSequence DEVICE_MS = HttpHeaders.createOptimized(FleetHeaders.DEVICE_MS);

    private DeviceTime() {}

    /** On an answer that is about to be written. Off its beginning, as in a stream, nobody could read it. */
    static void put(Exchange exchange, Timing timing) {
        exchange.response().putHeader(DEVICE_MS, FleetHeaders.deviceMillis(timing.deviceNanos()));
    }
}
