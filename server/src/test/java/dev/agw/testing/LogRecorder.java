package dev.agw.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Listens to what a class logs, until it is closed.
public final class LogRecorder implements AutoCloseable {
    private final Logger logger;
    private final Handler handler = new Recorder();
    private final List<String> messages = new CopyOnWriteArrayList<>();

    /// @param type full name of the class
    public LogRecorder(String type) {
        logger = Logger.getLogger(type);
        logger.addHandler(handler);
    }

    /// The messages so far, as a log shows them.
    public List<String> messages() {
        return messages;
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }

    private final class Recorder extends Handler {
        @Override
        public void publish(LogRecord message) {
            messages.add(new SimpleFormatter().formatMessage(message));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
