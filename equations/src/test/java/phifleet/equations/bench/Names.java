package phifleet.equations.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which symbol of a law each machine's name {@code s0_} of its mutants stands for, by laying one text over the other. */
final class Names {
    private static final Pattern NAME = Pattern.compile("s\\d+_");

    private Names() {}

    static Optional<Map<String, String>> of(Rows.Law law, Rows.Mutant mutant) {
        String symbols = law.symbols().keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        String template = (mutant.lhs() + " = " + mutant.rhsTrue()).replace("**", "^");
        StringBuilder pattern = new StringBuilder();
        List<String> groups = new ArrayList<>();
        Matcher names = NAME.matcher(template);
        int from = 0;
        while (names.find()) {
            pattern.append(Pattern.quote(template.substring(from, names.start())));
            int known = groups.indexOf(names.group());
            if (known >= 0) {
                pattern.append("\\").append(known + 1).append("(?:)");
            } else {
                groups.add(names.group());
                pattern.append("(").append(symbols).append(")");
            }
            from = names.end();
        }
        pattern.append(Pattern.quote(template.substring(from)));
        Matcher match = Pattern.compile(pattern.toString()).matcher(law.code());
        if (!match.matches()) {
            return Optional.empty();
        }
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            map.put(groups.get(i), match.group(i + 1));
        }
        return Optional.of(map);
    }

    /** The mutant in the law's own names. */
    static String equation(Rows.Mutant mutant, Map<String, String> names) {
        String text = (mutant.lhs() + " = " + mutant.rhs()).replace("**", "^");
        return NAME.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(names.getOrDefault(found.group(), found.group())));
    }
}
