package phifleet.logging;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import phifleet.common.settings.SettingsSection;

/**
 * The log of a program: to standard output, as its settings {@code log-format}, {@code log-level} and {@code access-log} say, and its last
 * lines in memory.
 */
public final class ProgramLog {
    /** The key, of SLF4J's pairs, of the request that a line is about. */
    public static final String REQUEST_ID = "request_id";

    /** Says a line a request, already as JSON, where {@code access-log} asks for it. */
    public static final String ACCESS_LOGGER = "phifleet.requests";

    private static final RecentLines RECENT = new RecentLines();

    private ProgramLog() {}

    /**
     * Which program it is, in lines of JSON.
     *
     * @param field as {@code worker_id}
     */
    public record Source(String field, String id) {}

    /** The last lines of this program; none where Log4j was set up by a file of its own. */
    public static RecentLines recent() {
        return RECENT;
    }

    /** Writes out what is left. No line may follow. */
    public static void end() {
        LogManager.shutdown();
    }

    /**
     * Starts the log; before the first logger is made, since that would start Log4j with what it finds. Log4j's own way, a
     * file named by {@code -Dlog4j2.configurationFile} or {@code LOG4J_CONFIGURATION_FILE}, wins.
     *
     * @param source whose lines they are
     * @param quieter what others' libraries may say at most, by the names of their loggers
     */
    public static void start(SettingsSection settings, Source source, Map<String, LogLevel> quieter) {
        LogFormat format = settings.choice("log-format", LogFormat.TEXT, LogFormat.class);
        LogLevel least = settings.choice("log-level", LogLevel.INFO, LogLevel.class);
        boolean access = settings.flag("access-log", false);
        RECENT.conceal(Stream.of("api-key", "admin-key")
                .map(settings::optionalText)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        boolean configured = Stream.of(
                        System.getProperty("log4j2.configurationFile"),
                        System.getProperty("log4j.configurationFile"),
                        System.getenv("LOG4J_CONFIGURATION_FILE"))
                .anyMatch(file -> file != null);
        if (!configured) {
            Configurator.initialize(new ProgramLogConfiguration(format, least, access, source, quieter, RECENT));
        }
    }
}
