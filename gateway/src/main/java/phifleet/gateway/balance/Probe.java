package phifleet.gateway.balance;

/** What the last probe of a worker said. */
public enum Probe {
    /** It has not been probed yet. */
    UNKNOWN,
    /** It answers, but cannot prove that it belongs to the fleet: nothing is sent to it. */
    UNPROVEN,
    /** It answers and says that it is ready. */
    READY,
    /** It answers and says that it is not ready. */
    REFUSING,
    /** It does not answer in time. */
    SILENT,
    /** Nobody listens at its address. */
    ABSENT
}
