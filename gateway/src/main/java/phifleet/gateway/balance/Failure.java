package phifleet.gateway.balance;

/** How a worker failed a request. */
public enum Failure {
    /** No connection came about: the worker saw nothing of the request. */
    CONNECT,
    /** The connection ended before the answer did. */
    CUT_OFF,
    /** The worker answered 500, 502 or 504. A refusal for load (429, 503) is no failure. */
    SERVER_ERROR,
    /** No answer came before the request's deadline. */
    TIMEOUT
}
