package dev.agw.settings;

import dev.agw.http.Network;
import dev.agw.http.TrustedProxies;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Written;
import java.util.Arrays;
import java.util.regex.Pattern;

/// Where trusted proxies are: `10.0.0.0/8, fd00::/8, 192.0.2.1`, or `none`.
///
/// @param proxies who is believed
public record ProxyNetworks(TrustedProxies proxies) implements Written {
    private static final Pattern COMMA = Pattern.compile(",");

    /// Reads networks that stand behind each other, with commas between.
    ///
    /// @throws InvalidValueException one of them is none
    public static ProxyNetworks parse(String text) {
        if (text.strip().equals("none")) {
            return new ProxyNetworks(TrustedProxies.NONE);
        }
        try {
            return new ProxyNetworks(new TrustedProxies(Arrays.stream(COMMA.split(text, -1))
                    .map(String::strip)
                    .map(Network::parse)
                    .toList()));
        } catch (IllegalArgumentException refused) {
            throw new InvalidValueException(String.valueOf(refused.getMessage()));
        }
    }
}
