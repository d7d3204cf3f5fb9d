package phifleet.inference.hub;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phifleet.inference.model.RankingPrompt;

/**
 * The chat templates that sentence-transformers writes for rerankers: names set to the messages of the roles {@code system},
 * {@code query} and {@code document}, then text with these names and with strings in it. Not Jinja, of which nothing else is read.
 */
final class RankingPromptTemplate {
    private static final Pattern SET = Pattern.compile(
            "\\{%-?\\s*set\\s+(\\w+)\\s*=\\s*messages\\s*\\|\\s*selectattr\\(\\s*[\"']role[\"']\\s*,\\s*[\"'](?:eq|==|equalto)[\"']\\s*,"
                    + "\\s*[\"'](\\w+)[\"']\\s*\\)(.*?)(-?)%\\}",
            Pattern.DOTALL);
    private static final Pattern DEFAULT = Pattern.compile("default\\(\\s*(?:\"([^\"]*)\"|'([^']*)')\\s*\\)");
    private static final Pattern OUTPUT = Pattern.compile("\\{\\{-?\\s*(?:'([^']*)'|\"([^\"]*)\"|(\\w+))\\s*-?\\}\\}");

    private RankingPromptTemplate() {}

    /** Empty where the template is of another kind. */
    static Optional<RankingPrompt> read(String template) {
        Map<String, String> places = new HashMap<>();
        String instruction = "";
        Matcher set = SET.matcher(template);
        int body = 0;
        while (set.find()) {
            String place = switch (set.group(2)) {
                case "system", "instruction" -> RankingPrompt.INSTRUCTION;
                case "query" -> RankingPrompt.QUERY;
                case "document" -> RankingPrompt.DOCUMENT;
                default -> "";
            };
            if (place.isEmpty()) {
                return Optional.empty();
            }
            places.put(set.group(1), place);
            Matcher usual = DEFAULT.matcher(set.group(3));
            if (place.equals(RankingPrompt.INSTRUCTION) && usual.find()) {
                instruction = unescaped(usual.group(1) == null ? usual.group(2) : usual.group(1));
            }
            body = set.end();
        }
        if (!places.containsValue(RankingPrompt.QUERY) || !places.containsValue(RankingPrompt.DOCUMENT)) {
            return Optional.empty();
        }
        return filled(template.substring(body).stripLeading(), places, instruction);
    }

    private static Optional<RankingPrompt> filled(String body, Map<String, String> places, String instruction) {
        StringBuilder whole = new StringBuilder();
        Matcher output = OUTPUT.matcher(body);
        int from = 0;
        int first = -1;
        int behindLast = 0;
        while (output.find()) {
            whole.append(body, from, output.start());
            from = output.end();
            if (output.group(3) == null) {
                whole.append(unescaped(output.group(1) == null ? output.group(2) : output.group(1)));
                continue;
            }
            String place = places.get(output.group(3));
            if (place == null) {
                return Optional.empty();
            }
            first = first < 0 ? whole.length() : first;
            whole.append(place);
            behindLast = whole.length();
        }
        whole.append(body, from, body.length());
        if (whole.indexOf("{%") >= 0 || whole.indexOf("{{") >= 0 || first < 0) {
            return Optional.empty();
        }
        // The middle begins with the line of the first place: what stands before it on that line belongs to what may be
        // cut.
        int middle = whole.lastIndexOf("\n", first) + 1;
        return Optional.of(new RankingPrompt(
                whole.substring(0, middle),
                whole.substring(middle, behindLast),
                whole.substring(behindLast),
                instruction,
                -1,
                -1));
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\t", "\t");
    }
}
