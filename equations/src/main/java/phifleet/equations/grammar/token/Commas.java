package phifleet.equations.grammar.token;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Function;

/**
 * What a comma directly between two digits is: {@code 1,000} groups thousands, {@code 0,5} has a decimal comma, {@code
 * f(1,5)} has two arguments. Decided over the whole text, in one pass over it:
 *
 * <ol>
 *   <li>in square brackets and sets it parts values; in the brackets of a function it does as well, unless the function
 *       takes one argument, or decimal commas stand elsewhere;
 *   <li>groups of three are thousands where they are several, or a decimal point follows; where decimal commas stand
 *       elsewhere, one group is decimals; else thousands, and another reading is near;
 *   <li>any other single comma is a decimal comma, several part values.
 * </ol>
 */
public final class Commas {
    enum Role {
        DECIMAL,
        GROUPING,
        LIST
    }

    private enum Place {
        /** No bracket, or one that holds a single value. */
        VALUE,
        /** The brackets of an unknown function, or of one that takes one argument or more. */
        ARGUMENTS,
        /** Round brackets with no name before them. */
        TUPLE,
        LIST
    }

    private record Bracket(Place place, int at) {}

    /** Digits with commas among them; {@code dots} where points stand before the first comma. */
    private record Run(
            int start, int end, Place place, boolean whole, List<String> groups, boolean dots, boolean braced) {
        boolean isSingle() {
            return groups.size() == 2;
        }

        /** Whether the digits stand in threes behind a short first group. */
        boolean isGrouped() {
            String first = groups.getFirst();
            return first.length() <= 3
                    && first.charAt(0) != '0'
                    && groups.stream()
                            .skip(1)
                            .allMatch(group -> THREE.matcher(group).matches());
        }
    }

    private static final Pattern DIGITS =
            Pattern.compile("(?<dots>\\d++(?:\\.\\d++)*+)(?<rest>(?:(?:,|\\{,\\})\\d++)++(?:\\.\\d++)?+)");
    private static final Pattern THREE = Pattern.compile("\\d{3}(?:\\.\\d+)?");
    private static final Pattern DOTTED = Pattern.compile("[1-9]\\d{0,2}(?:\\.\\d{3})+");
    /** A comma that can only part two values, or a pair of whole numbers in brackets. */
    private static final Pattern PAIRS = Pattern.compile(",\\s*[-−]|\\(\\s*\\d++,\\d++\\s*\\)");

    public static final Commas NONE = new Commas(Map.of());

    private final Map<Integer, Role> roles;

    private Commas(Map<Integer, Role> roles) {
        this.roles = roles;
    }

    /** Looks at the text once. */
    public static Commas of(String source, boolean latex, Notes notes) {
        List<Run> runs = runs(source, latex);
        if (runs.isEmpty()) {
            return NONE;
        }
        boolean decimals = runs.stream().anyMatch(Commas::isEvidence);
        Map<Integer, Role> roles = new HashMap<>();
        for (Run run : runs) {
            roles.put(run.start(), role(run, decimals, source, notes));
        }
        return new Commas(roles);
    }

    /** What the commas are in the digits that begin at {@code start}; null where there are none. */
    @Nullable
    Role at(int start) {
        return roles.get(start);
    }

    private static boolean isEvidence(Run run) {
        return run.isSingle() && (run.dots() || !run.isGrouped()) && (run.place() == Place.VALUE || run.braced());
    }

    private static Role role(Run run, boolean decimals, String source, Notes notes) {
        if (run.dots()) {
            return DOTTED.matcher(source.substring(run.start(), source.indexOf(',', run.start()))
                                            .replace("{", ""))
                                    .matches()
                            && run.isSingle()
                    ? warned(Role.DECIMAL, run, source, notes)
                    : Role.LIST;
        }
        if (run.place() == Place.LIST && !run.braced()) {
            return Role.LIST;
        }
        boolean listed =
                !run.braced() && (run.place() == Place.ARGUMENTS || (run.place() == Place.TUPLE && run.whole()));
        if (listed) {
            return listed(run, decimals, source, notes);
        }
        if (run.isGrouped()) {
            boolean certain = !run.isSingle() || run.groups().getLast().length() > 3;
            if (certain) {
                return Role.GROUPING;
            }
            Role role = decimals || notes.isOtherwise(Ambiguity.GROUPED_COMMA) ? Role.DECIMAL : Role.GROUPING;
            return warned(role, run, source, notes);
        }
        return run.isSingle() ? warned(Role.DECIMAL, run, source, notes) : Role.LIST;
    }

    private static Role listed(Run run, boolean decimals, String source, Notes notes) {
        if (!run.isSingle()) {
            return Role.LIST;
        }
        boolean other = notes.isOtherwise(Ambiguity.LISTED_COMMA);
        return warned(decimals == other ? Role.LIST : Role.DECIMAL, run, source, notes);
    }

    private static Role warned(Role role, Run run, String source, Notes notes) {
        String text = source.substring(run.start(), run.end());
        int length = run.end() - run.start();
        switch (role) {
            case DECIMAL ->
                notes.warn(
                        "decimal_comma",
                        "The comma in “" + text + "” is read as a decimal comma.",
                        run.start(),
                        length);
            case GROUPING ->
                notes.warn(
                        "thousands_comma",
                        "The comma in “" + text + "” is read as grouping thousands; write a point for decimals.",
                        run.start(),
                        length);
            case LIST ->
                notes.warn(
                        "list_comma",
                        "The comma in “" + text + "” is read as parting two values; write a point for decimals.",
                        run.start(),
                        length);
        }
        return role;
    }

    private static List<Run> runs(String source, boolean latex) {
        List<Run> runs = new ArrayList<>();
        if (source.indexOf(',') < 0) {
            return runs;
        }
        Deque<Bracket> open = new ArrayDeque<>();
        Matcher digits = DIGITS.matcher(source);
        int i = 0;
        while (i < source.length()) {
            char c = source.charAt(i);
            if (Character.isDigit(c) && digits.region(i, source.length()).lookingAt()) {
                runs.add(run(source, digits, open.peek()));
                i = digits.end();
                continue;
            }
            if (c == '(' || c == '[' || c == '{') {
                open.push(new Bracket(place(source, i, latex, open.peek()), i));
            } else if ((c == ')' || c == ']' || c == '}') && !open.isEmpty()) {
                open.pop();
            }
            boolean number = Character.isDigit(c);
            i++;
            while (number && i < source.length() && Character.isDigit(source.charAt(i))) {
                i++;
            }
        }
        return runs;
    }

    private static Run run(String source, Matcher digits, @Nullable Bracket bracket) {
        boolean index = digits.start() > 0 && source.charAt(digits.start() - 1) == '_';
        Place place = index ? Place.LIST : bracket == null ? Place.VALUE : bracket.place();
        char behind = digits.end() < source.length() ? source.charAt(digits.end()) : 0;
        boolean ends = behind == ')' || behind == '\\';
        String before = bracket == null
                ? ""
                : source.substring(bracket.at() + 1, digits.start()).strip();
        boolean signed = before.equals("-") || before.equals("−");
        // A negative number in brackets is as often one number, so that takes another pair in the text.
        boolean whole = bracket != null
                && ends
                && (bracket.at() + 1 == digits.start()
                        || (signed && PAIRS.matcher(source).find()));
        String text = digits.group();
        boolean braced = text.indexOf('{') >= 0;
        List<String> groups = List.of(text.replace("{,}", ",").split(",", -1));
        return new Run(
                digits.start(),
                digits.end(),
                place,
                whole,
                groups,
                digits.group("dots").indexOf('.') >= 0,
                braced);
    }

    /** What the bracket that opens at {@code at} holds. */
    private static Place place(String source, int at, boolean latex, @Nullable Bracket outer) {
        char c = source.charAt(at);
        char before = at == 0 ? 0 : source.charAt(at - 1);
        if (c == '[') {
            return Place.LIST;
        }
        if (c == '{') {
            boolean set = !latex || before == '\\' || before == '_';
            return set ? Place.LIST : outer == null || outer.place() != Place.LIST ? Place.VALUE : Place.LIST;
        }
        int end = at;
        if (source.startsWith("\\left", at - 5)) {
            end = at - 5;
        }
        int begin = end;
        while (begin > 0 && Character.isLetter(source.charAt(begin - 1))) {
            begin--;
        }
        if (begin == end) {
            return Place.TUPLE;
        }
        Function function = Vocabulary.function(source.substring(begin, end));
        return function == null || function.most() > 1 ? Place.ARGUMENTS : Place.VALUE;
    }
}
