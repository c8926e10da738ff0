package dev.agw.net;

/// A first message that is no ClientHello.
final class MalformedHelloException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private MalformedHelloException(String why) {
        super(why, null, false, false);
    }

    static void unless(boolean holds, String why) {
        if (!holds) {
            throw new MalformedHelloException(why);
        }
    }
}
