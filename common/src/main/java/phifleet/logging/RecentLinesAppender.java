package phifleet.logging;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/**
 * Keeps the last lines. What a caller sent may be quoted where a request was refused for it, and by an exception that it caused: such
 * words are left out, since who reads these lines need not be who may read those requests.
 */
final class RecentLinesAppender extends AbstractAppender {
    /** Says what became of requests. */
    private static final String REQUESTS = "phifleet.access";

    private static final String OURS = "phifleet.";
    private static final int FRAMES = 4;

    private final RecentLines lines;

    RecentLinesAppender(RecentLines lines) {
        super("recent", null, null, true, Property.EMPTY_ARRAY);
        this.lines = lines;
    }

    @Override
    public void append(LogEvent event) {
        String logger = String.valueOf(event.getLoggerName());
        if (logger.equals(REQUESTS) && !event.getLevel().isMoreSpecificThan(Level.WARN)) {
            return;
        }
        String message = event.getMessage().getFormattedMessage();
        Throwable thrown = event.getThrown();
        String id = event.getContextData().getValue(ProgramLog.REQUEST_ID);
        lines.add(new RecentLines.Line(
                Instant.ofEpochMilli(event.getTimeMillis()),
                event.getLevel().name(),
                logger.substring(logger.lastIndexOf('.') + 1),
                thrown == null ? message : message + "\n" + told(thrown, logger),
                id));
    }

    private static String told(Throwable thrown, String logger) {
        boolean mayQuote = logger.equals(REQUESTS) || !logger.startsWith(OURS);
        String frames = Arrays.stream(thrown.getStackTrace())
                .limit(FRAMES)
                .map(frame -> "\n  at " + frame)
                .collect(Collectors.joining());
        return (mayQuote ? thrown.getClass().getName() : thrown.toString()) + frames;
    }
}
