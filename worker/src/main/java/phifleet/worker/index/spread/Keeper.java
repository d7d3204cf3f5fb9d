package phifleet.worker.index.spread;

import java.net.URI;

/**
 * Another worker that keeps a part of the index.
 *
 * @param id unique in the fleet
 * @param url where it is reached
 */
public record Keeper(String id, URI url) {}
