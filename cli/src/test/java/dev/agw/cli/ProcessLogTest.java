package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.settings.AgwSettings.LogFormat;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ProcessLogTest {
    private final LogRecord event = event();

    private static LogRecord event() {
        LogRecord event = new LogRecord(Level.SEVERE, "{0} requests \"left\"");
        event.setParameters(new Object[] {2});
        event.setLoggerName("dev.agw.Drain");
        event.setInstant(Instant.parse("2026-11-22T12:00:00.123456Z"));
        return event;
    }

    @Test
    void writesOneLineOfText() {
        assertThat(ProcessLog.formatter(LogFormat.text).format(event))
                .isEqualTo("2026-11-22T12:00:00.123Z ERROR dev.agw.Drain: 2 requests \"left\"\n");
    }

    @Test
    void writesOneLineOfJson() {
        assertThat(ProcessLog.formatter(LogFormat.json).format(event)).isEqualTo("""
                {"time":"2026-11-22T12:00:00.123Z","level":"ERROR","logger":"dev.agw.Drain","message":"2 requests \\"left\\""}
                """);
    }

    @Test
    void writesTheStackOfWhatWasThrown() {
        event.setThrown(new IllegalStateException("here"));

        assertThat(ProcessLog.formatter(LogFormat.text).format(event))
                .contains("\njava.lang.IllegalStateException: here\n\tat dev.agw.cli.ProcessLogTest");
        assertThat(ProcessLog.formatter(LogFormat.json).format(event))
                .contains("\"stack\":\"java.lang.IllegalStateException: here\\n\\tat dev.agw.cli")
                .hasLineCount(1);
    }
}
