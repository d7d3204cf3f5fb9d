package phifleet.gateway.balance;

import phifleet.common.CopyBounds;

/**
 * A model that a worker does not hold, and loads when a request for it comes.
 *
 * @param name as requests have it: its id, or an alias
 * @param id by which all workers know it
 * @param kind what it does, as {@code sentence-encoder}; empty where its worker does not know that before it is loaded
 * @param copies how many workers of the fleet may hold it
 * @param loadSeconds that its load is expected to take there
 */
public record LoadableModel(
        String name, String id, String kind, Nearness nearness, CopyBounds copies, double loadSeconds) {

    /** One of which as many workers may hold it as there are. */
    public LoadableModel(String name, String id, String kind, Nearness nearness) {
        this(name, id, kind, nearness, CopyBounds.ANY);
    }

    /** One whose load takes no time. */
    public LoadableModel(String name, String id, String kind, Nearness nearness, CopyBounds copies) {
        this(name, id, kind, nearness, copies, 0);
    }

    /** How near it is to serving, the nearest first. */
    public enum Nearness {
        /** It is loading: who asks for it waits there, and nobody else loads it. */
        LOADING,
        /** It can be loaded without another having to go. */
        ROOM,
        /** Another has to go for it, or it is on its way out itself. */
        CROWDED,
        /** Its files have to be fetched first. */
        ABSENT
    }
}
