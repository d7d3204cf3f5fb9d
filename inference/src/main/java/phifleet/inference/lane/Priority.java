package phifleet.inference.lane;

/** Who goes first when the device is busy. */
public enum Priority {
    /** Somebody waits for the answer: served first. */
    INTERACTIVE,
    /** Served with what interactive work leaves, and with a small guaranteed share. */
    BATCH
}
