package dev.agw.cli;

import dev.agw.cli.upgrade.ReleaseNumber;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `1.4.0`, and `v1.4.0` as the same, as gateways tell their versions without the letter.
final class ReleaseText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        if (ReleaseNumber.of(text).isEmpty()) {
            throw new TypeConversionException("expected a version such as 1.4.0, found \"" + text + "\"");
        }
        return text.startsWith("v") ? text.substring(1) : text;
    }
}
