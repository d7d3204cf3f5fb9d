package phifleet.gateway.http.proxy;

/** How far a request that is forwarded has come. */
enum Phase {
    /** The body comes in. */
    READING,
    /** No worker can be picked. */
    WAITING,
    /** A worker has it, and has not answered. */
    TRYING,
    /** The answer goes out. */
    ANSWERING,
    DONE
}
