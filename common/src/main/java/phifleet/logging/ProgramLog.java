package phifleet.logging;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import phifleet.common.settings.SettingsSection;

/** The log of a program: to standard output, as its settings {@code log-format} and {@code log-level} say. */
public final class ProgramLog {
    private ProgramLog() {}

    /** Writes out what is left. No line may follow. */
    public static void end() {
        LogManager.shutdown();
    }

    /**
     * Starts the log; before the first logger is made, since that would start Log4j with what it finds. Log4j's own way, a
     * file named by {@code -Dlog4j2.configurationFile} or {@code LOG4J_CONFIGURATION_FILE}, wins.
     *
     * @param quieter what others' libraries may say at most, by the names of their loggers
     */
    public static void start(SettingsSection settings, Map<String, LogLevel> quieter) {
        LogFormat format = settings.choice("log-format", LogFormat.TEXT, LogFormat.class);
        LogLevel least = settings.choice("log-level", LogLevel.INFO, LogLevel.class);
        boolean configured = Stream.of(
                        System.getProperty("log4j2.configurationFile"),
                        System.getProperty("log4j.configurationFile"),
                        System.getenv("LOG4J_CONFIGURATION_FILE"))
                .anyMatch(file -> file != null);
        if (!configured) {
            Configurator.initialize(new ProgramLogConfiguration(format, least, quieter));
        }
    }
}
