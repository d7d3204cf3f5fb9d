package phifleet.gateway.http;

import org.jspecify.annotations.Nullable;
import phifleet.gateway.balance.Worker;

/**
 * Where a request goes.
 *
 * @param uri what the worker is asked for
 * @param path of that, without the query
 * @param pinned the one worker that may answer; null where any may
 */
record Target(String uri, String path, @Nullable Worker pinned) {}
