package phifleet.logging;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.AbstractConfiguration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;

/** Made in code, since a file costs a program's start a fifth of a second: an XML parser and a proxy for each annotation. */
final class ProgramLogConfiguration extends AbstractConfiguration {
    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %c{1} %m%n";
    private static final String JSON_TEMPLATE = "classpath:LogstashJsonEventLayoutV1.json";

    private final LogFormat format;
    private final LogLevel level;
    private final Map<String, LogLevel> quieter;

    ProgramLogConfiguration(LogFormat format, LogLevel level, Map<String, LogLevel> quieter) {
        super(null, ConfigurationSource.NULL_SOURCE);
        this.format = format;
        this.level = level;
        this.quieter = Map.copyOf(quieter);
        // Programs end their log themselves, after they have drained.
        isShutdownHookEnabled = false;
    }

    @Override
    protected void doConfigure() {
        ConsoleAppender appender = ConsoleAppender.newBuilder()
                .setName("console")
                .setConfiguration(this)
                .setLayout(layout())
                .build();
        appender.start();
        addAppender(appender);
        getRootLogger().setLevel(Level.valueOf(level.name()));
        getRootLogger().addAppender(appender, null, null);
        quieter.forEach((name, most) -> addLogger(name, new LoggerConfig(name, Level.valueOf(most.name()), true)));
    }

    private Layout<?> layout() {
        return switch (format) {
            case TEXT ->
                PatternLayout.newBuilder()
                        .setConfiguration(this)
                        .setPattern(PATTERN)
                        .setCharset(StandardCharsets.UTF_8)
                        .build();
            case JSON ->
                JsonTemplateLayout.newBuilder()
                        .setConfiguration(this)
                        .setEventTemplateUri(JSON_TEMPLATE)
                        .build();
        };
    }
}
