package phifleet.worker.http.embed;

import com.fasterxml.jackson.core.JsonToken;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;

/**
 * {@code POST /}, where Hugging Face's clients send what they mean for a task's own path: {@code inputs} that are an object are a
 * question of {@code /similarity}, all others one of {@code /embed}.
 */
final class DefaultRouteParser implements EmbedParser {
    private final EmbedParser embed;
    private final EmbedParser similarity;
    private final JsonLimits limits;

    DefaultRouteParser(JsonLimits limits) {
        this.embed = new EmbedRouteParser("/", limits);
        this.similarity = new SimilarityParser(limits);
        this.limits = limits;
    }

    @Override
    public Parsed parse(byte[] body) {
        Parsed parsed = embed.parse(body);
        return parsed instanceof Parsed.Mistaken && compares(body) ? similarity.parse(body) : parsed;
    }

    private boolean compares(byte[] body) {
        try (JsonInput json = limits.open(body)) {
            json.openObject();
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                if (field.equals("inputs")) {
                    return json.current() == JsonToken.START_OBJECT;
                }
                json.skip();
            }
            return false;
        } catch (BadBody mistake) {
            return false;
        }
    }
}
