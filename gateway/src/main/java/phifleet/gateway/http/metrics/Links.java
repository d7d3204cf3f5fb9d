package phifleet.gateway.http.metrics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where people who look at the fleet go on looking; what is not named is not offered.
 *
 * @param elsewhere the addresses of what else shows it, as {@code grafana} and {@code prometheus}, by name
 * @param page the address of the fleet's own page, for links from there back to it; empty for none
 */
public record Links(Map<String, String> elsewhere, String page) {
    public static final Links NONE = new Links(Map.of(), "");

    public Links {
        elsewhere = Map.copyOf(elsewhere);
    }

    public void write(ObjectNode gateway) {
        ObjectNode links = gateway.putObject("links");
        new TreeMap<>(elsewhere).forEach(links::put);
    }
}
