package phifleet.logging;

/** What a line must at least be to be written. The names are Log4j's own. */
public enum LogLevel {
    OFF,
    ERROR,
    WARN,
    INFO,
    DEBUG
}
