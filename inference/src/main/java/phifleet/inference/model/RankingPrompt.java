package phifleet.inference.model;

/**
 * How a decoder is asked whether a text answers a query: {@code prefix}, then instruction, query and text in the middle, then
 * {@code suffix}. Each of the three parts becomes tokens by itself, and only the middle is ever cut.
 *
 * @param middle the middle with {@value #INSTRUCTION}, {@value #QUERY} and {@value #DOCUMENT} in the places of what they name
 * @param instruction where a request gives none
 * @param yes the token whose number counts for, or −1 where the network gives one number by itself
 * @param no the token whose number counts against
 */
public record RankingPrompt(String prefix, String middle, String suffix, String instruction, int yes, int no) {
    public static final String INSTRUCTION = "{instruction}";
    public static final String QUERY = "{query}";
    public static final String DOCUMENT = "{document}";

    /** Whether the score is the difference of two tokens' numbers. */
    public boolean comparesTokens() {
        return yes >= 0;
    }

    /** The middle for a pair; what stands in the texts is not looked at again. */
    public String ask(String instruction, String query, String document) {
        StringBuilder asked = new StringBuilder();
        int from = 0;
        for (int at = middle.indexOf('{'); at >= 0; at = middle.indexOf('{', from)) {
            asked.append(middle, from, at);
            if (middle.startsWith(INSTRUCTION, at)) {
                asked.append(instruction);
                from = at + INSTRUCTION.length();
            } else if (middle.startsWith(QUERY, at)) {
                asked.append(query);
                from = at + QUERY.length();
            } else if (middle.startsWith(DOCUMENT, at)) {
                asked.append(document);
                from = at + DOCUMENT.length();
            } else {
                asked.append('{');
                from = at + 1;
            }
        }
        return asked.append(middle, from, middle.length()).toString();
    }
}
