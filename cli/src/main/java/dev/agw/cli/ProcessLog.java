package dev.agw.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agw.settings.AgwSettings.Log;
import dev.agw.settings.AgwSettings.LogFormat;
import dev.agw.settings.AgwSettings.LogLevel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The log of the process, on standard error, one line per event and more only for a stack trace.
final class ProcessLog {
    private static final Logger ROOT = Logger.getLogger("");
    /// Held here, because java.util.logging forgets the levels of loggers that nobody holds.
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    private ProcessLog() {}

    /// From now on the log is as `settings` say.
    static void apply(Log settings) {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        Handler console = new ConsoleHandler();
        console.setLevel(Level.ALL);
        console.setFormatter(formatter(settings.format()));
        ROOT.addHandler(console);
        ROOT.setLevel(level(settings.level()));
        // What Helidon tells of its sockets, agw says itself.
        HELIDON.setLevel(settings.level() == LogLevel.info ? Level.WARNING : null);
    }

    private static Level level(LogLevel level) {
        return switch (level) {
            case error -> Level.SEVERE;
            case warning -> Level.WARNING;
            case info -> Level.INFO;
            case debug -> Level.FINE;
            case trace -> Level.FINER;
        };
    }

    static Formatter formatter(LogFormat format) {
        return switch (format) {
            case text -> new Text();
            case json -> new Json();
        };
    }

    /// `2026-11-22T12:00:00.000Z WARNING dev.agw.gateway.Drain: drained with 2 requests left; cutting them`
    private static final class Text extends Formatter {
        @Override
        public String format(LogRecord event) {
            return time(event) + " " + word(event) + " " + event.getLoggerName() + ": " + formatMessage(event) + "\n"
                    + stack(event);
        }
    }

    /// `{"time":"2026-11-22T12:00:00.000Z","level":"WARNING","logger":"…","message":"…","stack":"…"}`
    private static final class Json extends Formatter {
        @Override
        public String format(LogRecord event) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("time", time(event)).put("level", word(event)).put("logger", event.getLoggerName());
            line.put("message", formatMessage(event));
            if (event.getThrown() != null) {
                line.put("stack", stack(event));
            }
            return line + "\n";
        }
    }

    private static String time(LogRecord event) {
        return event.getInstant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String word(LogRecord event) {
        return event.getLevel().equals(Level.SEVERE)
                ? "ERROR"
                : event.getLevel().getName();
    }

    private static String stack(LogRecord event) {
        StringWriter text = new StringWriter();
        if (event.getThrown() != null) {
            event.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }
}
