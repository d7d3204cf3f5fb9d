package phifleet.scaler;

import java.nio.charset.StandardCharsets;

/** What the engine answered. The body is nobody's to change. */
record EngineAnswer(int status, Bytes body) {

    /** Bytes as they came. */
    record Bytes(String latin) {
        static Bytes of(byte[] bytes, int from, int to) {
            return new Bytes(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        }

        byte[] array() {
            return latin.getBytes(StandardCharsets.ISO_8859_1);
        }

        String text() {
            return new String(array(), StandardCharsets.UTF_8);
        }
    }
}
