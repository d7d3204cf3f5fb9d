package phifleet.logging;

/** How a line of the log looks. */
enum LogFormat {
    /** For people. */
    TEXT,
    /** An object a line, in Logstash's layout. */
    JSON
}
