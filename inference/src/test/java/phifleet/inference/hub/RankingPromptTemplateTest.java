package phifleet.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import phifleet.inference.model.RankingPrompt;

class RankingPromptTemplateTest {
    private static final String TEMPLATE = """
            {%- set i = messages | selectattr("role", "eq", "system") | map(attribute="content") | first | default("Find it") -%}
            {%- set q = messages | selectattr("role", "eq", "query") | map(attribute="content") | first -%}
            {%- set d = messages | selectattr("role", "eq", "document") | map(attribute="content") | first -%}
            <start>{{ '\\n' }}By {{ i }}: {{ q }}?{{ "\\n" }}{{ d }}<end>{{ '\\n' }}""";

    @Test
    void read_templateOfRoles_isSplitAtItsPlaces() {
        assertThat(RankingPromptTemplate.read(TEMPLATE))
                .contains(new RankingPrompt(
                        "<start>\n", "By {instruction}: {query}?\n{document}", "<end>\n", "Find it", -1, -1));
    }

    @Test
    void read_otherTemplates_areLeftAlone() {
        assertThat(RankingPromptTemplate.read("{% for m in messages %}{{ m.content }}{% endfor %}"))
                .isEmpty();
        assertThat(RankingPromptTemplate.read("")).isEmpty();
        assertThat(RankingPromptTemplate.read(TEMPLATE.replace("{{ q }}", "{{ other }}")))
                .isEmpty();
        assertThat(RankingPromptTemplate.read(TEMPLATE + "{% if d %}x{% endif %}"))
                .isEmpty();
    }

    @Test
    void ask_placesInTheTextsThemselves_stay() {
        RankingPrompt prompt = RankingPromptTemplate.read(TEMPLATE).orElseThrow();
        assertThat(prompt.ask("i", "{document}", "{query} {x")).isEqualTo("By i: {document}?\n{query} {x");
    }
}
