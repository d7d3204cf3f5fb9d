package phifleet.benchmark;

/**
 * What a process and all that it started have used.
 *
 * @param cpuSeconds processor time of user and system since their start, ended children included
 * @param memoryBytes what they hold now, shared pages in shares (PSS), or resident where that cannot be read
 */
public record Usage(double cpuSeconds, long memoryBytes) {}
