package phifleet.gateway;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import phifleet.common.settings.SettingsSection;
import phifleet.gateway.http.metrics.Links;

/** Reads {@code links}: where else the fleet is shown. An address that a browser would run, or that carries a password, is a mistake. */
final class LinkSettings {
    private static final int MOST_CHARACTERS = 500;
    private static final List<String> ELSEWHERE = List.of("grafana", "prometheus");

    private LinkSettings() {}

    static Links read(SettingsSection section) {
        Map<String, String> elsewhere = new TreeMap<>();
        for (String name : ELSEWHERE) {
            String address = address(section, name);
            if (!address.isEmpty()) {
                elsewhere.put(name, address);
            }
        }
        return new Links(elsewhere, address(section, "page"));
    }

    /** Empty where none is set, or it is a mistake. */
    private static String address(SettingsSection section, String name) {
        String text = section.text(name, "").strip();
        if (text.isEmpty() || isAddress(text)) {
            return text;
        }
        section.mistake(
                name,
                text,
                "must be an address as http://HOST:PORT/PATH or https://…, without user and password, of at most "
                        + MOST_CHARACTERS + " characters");
        return "";
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            return text.length() <= MOST_CHARACTERS
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
