package phifleet.gateway.balance;

/** What the last look at a worker said. */
public enum Probe {
    /** Nobody has looked yet. */
    UNKNOWN,
    /** It answers and says that it is ready. */
    READY,
    /** It answers and says that it is not ready. */
    REFUSING,
    /** It does not answer in time. */
    SILENT,
    /** Nobody listens at its address. */
    ABSENT
}
