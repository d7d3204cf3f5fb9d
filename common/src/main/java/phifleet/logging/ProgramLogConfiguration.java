package phifleet.logging;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.AbstractConfiguration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout.EventTemplateAdditionalField;

/** Made in code, since a file costs a program's start a fifth of a second: an XML parser and a proxy for each annotation. */
final class ProgramLogConfiguration extends AbstractConfiguration {
    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %c{1} %m%n";
    private static final String JSON_TEMPLATE = "classpath:LogstashJsonEventLayoutV1.json";

    private final LogFormat format;
    private final LogLevel level;
    private final boolean access;
    private final ProgramLog.Source source;
    private final Map<String, LogLevel> quieter;
    private final RecentLines recent;

    /**
     * Of one program.
     *
     * @param access whether it says a line a request
     * @param recent gets every line but those
     */
    ProgramLogConfiguration(
            LogFormat format,
            LogLevel level,
            boolean access,
            ProgramLog.Source source,
            Map<String, LogLevel> quieter,
            RecentLines recent) {
        super(null, ConfigurationSource.NULL_SOURCE);
        this.format = format;
        this.level = level;
        this.access = access;
        this.source = source;
        this.quieter = Map.copyOf(quieter);
        this.recent = recent;
        // Programs end their log themselves, after they have drained.
        isShutdownHookEnabled = false;
    }

    @Override
    protected void doConfigure() {
        Appender console = started(console("console", layout()));
        Appender kept = started(new RecentLinesAppender(recent));
        getRootLogger().setLevel(Level.valueOf(level.name()));
        getRootLogger().addAppender(console, null, null);
        getRootLogger().addAppender(kept, null, null);
        LoggerConfig requests = new LoggerConfig(ProgramLog.ACCESS_LOGGER, access ? Level.INFO : Level.OFF, false);
        requests.addAppender(started(console("requests", pattern("%m%n"))), null, null);
        addLogger(ProgramLog.ACCESS_LOGGER, requests);
        quieter.forEach((name, most) -> addLogger(name, new LoggerConfig(name, Level.valueOf(most.name()), true)));
    }

    private Appender started(Appender appender) {
        appender.start();
        addAppender(appender);
        return appender;
    }

    private Appender console(String name, Layout<?> layout) {
        return ConsoleAppender.newBuilder()
                .setName(name)
                .setConfiguration(this)
                .setLayout(layout)
                .build();
    }

    private Layout<?> pattern(String pattern) {
        return PatternLayout.newBuilder()
                .setConfiguration(this)
                .setPattern(pattern)
                .setCharset(StandardCharsets.UTF_8)
                .build();
    }

    private Layout<?> layout() {
        return switch (format) {
            case TEXT -> pattern(PATTERN);
            case JSON ->
                JsonTemplateLayout.newBuilder()
                        .setConfiguration(this)
                        .setEventTemplateUri(JSON_TEMPLATE)
                        .setEventTemplateAdditionalFields(new EventTemplateAdditionalField[] {
                            field(source.field(), source.id(), EventTemplateAdditionalField.Format.STRING),
                            field(
                                    ProgramLog.REQUEST_ID,
                                    "{\"$resolver\":\"mdc\",\"key\":\"" + ProgramLog.REQUEST_ID + "\"}",
                                    EventTemplateAdditionalField.Format.JSON)
                        })
                        .build();
        };
    }

    private static EventTemplateAdditionalField field(
            String key, String value, EventTemplateAdditionalField.Format format) {
        return EventTemplateAdditionalField.newBuilder()
                .setKey(key)
                .setValue(value)
                .setFormat(format)
                .build();
    }
}
