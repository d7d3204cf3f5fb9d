package phifleet.scaler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.FleetHeaders;

/**
 * Asks every gateway how many workers it wants, and tells it with the question how many the service has to have. Of an answer a number
 * and a flag are taken, and nothing else.
 */
final class Gateways {
    private static final Logger LOG = LoggerFactory.getLogger(Gateways.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int MAX_ANSWER_BYTES = 256 * 1024;

    private final List<ScalerSettings.Gateway> names;
    private final @Nullable String apiKey;

    Gateways(List<ScalerSettings.Gateway> names, @Nullable String apiKey) {
        this.names = names;
        this.apiKey = apiKey;
    }

    /**
     * Asks all of them.
     *
     * @param replicas that the service has to have; empty where nobody should miss any
     * @return what they want; empty where none says it. One that does not answer may want more than the others, so that nobody is ended
     * then.
     */
    Optional<Wish> wish(OptionalInt replicas) {
        Optional<Wish> all = Optional.empty();
        boolean silent = false;
        for (ScalerSettings.Gateway name : names) {
            try {
                for (InetAddress address : InetAddress.getAllByName(name.host())) {
                    Optional<Wish> one = ask(address, name.port(), replicas);
                    silent |= one.isEmpty();
                    if (one.isPresent()) {
                        all = Optional.of(joined(all, one.get()));
                    }
                }
            } catch (IOException e) {
                LOG.debug("no address of {}: {}", name.host(), e.toString());
                silent = true;
            }
        }
        boolean some = silent;
        return all.map(wish -> new Wish(wish.workers(), wish.mayShrink() && !some));
    }

    private static Wish joined(Optional<Wish> all, Wish one) {
        return all.map(before -> before.and(one)).orElse(one);
    }

    private Optional<Wish> ask(InetAddress address, int port, OptionalInt replicas) {
        try {
            String host = address.getHostAddress();
            URI uri = URI.create(
                    "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/fleet/demand");
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setInstanceFollowRedirects(false);
            if (apiKey != null) {
                connection.setRequestProperty("Authorization", "Bearer " + apiKey);
            }
            replicas.ifPresent(count -> connection.setRequestProperty(FleetHeaders.REPLICAS, Integer.toString(count)));
            if (connection.getResponseCode() != 200) {
                LOG.debug("{} answers {}", uri, connection.getResponseCode());
                return Optional.empty();
            }
            try (InputStream body = connection.getInputStream()) {
                JsonNode said = JSON.readTree(body.readNBytes(MAX_ANSWER_BYTES));
                JsonNode wanted = said.path("wanted_workers");
                return wanted.isInt() && wanted.intValue() >= 0
                        ? Optional.of(new Wish(
                                wanted.intValue(), said.path("may_shrink").asBoolean(false)))
                        : Optional.empty();
            }
        } catch (IOException e) {
            LOG.debug("the gateway at {} does not answer: {}", address, e.toString());
            return Optional.empty();
        }
    }
}
