package phifleet.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import phifleet.inference.model.Judge;

class JudgeTemplateTest {
    private static final String TEMPLATE = """
            {%- set i = messages | selectattr("role", "eq", "system") | map(attribute="content") | first | default("Find it") -%}
            {%- set q = messages | selectattr("role", "eq", "query") | map(attribute="content") | first -%}
            {%- set d = messages | selectattr("role", "eq", "document") | map(attribute="content") | first -%}
            <start>{{ '\\n' }}By {{ i }}: {{ q }}?{{ "\\n" }}{{ d }}<end>{{ '\\n' }}""";

    @Test
    void read_templateOfRoles_isSplitAtItsPlaces() {
        assertThat(JudgeTemplate.read(TEMPLATE))
                .contains(
                        new Judge("<start>\n", "By {instruction}: {query}?\n{document}", "<end>\n", "Find it", -1, -1));
    }

    @Test
    void read_otherTemplates_areLeftAlone() {
        assertThat(JudgeTemplate.read("{% for m in messages %}{{ m.content }}{% endfor %}"))
                .isEmpty();
        assertThat(JudgeTemplate.read("")).isEmpty();
        assertThat(JudgeTemplate.read(TEMPLATE.replace("{{ q }}", "{{ other }}")))
                .isEmpty();
        assertThat(JudgeTemplate.read(TEMPLATE + "{% if d %}x{% endif %}")).isEmpty();
    }

    @Test
    void ask_placesInTheTextsThemselves_stay() {
        Judge judge = JudgeTemplate.read(TEMPLATE).orElseThrow();
        assertThat(judge.ask("i", "{document}", "{query} {x")).isEqualTo("By i: {document}?\n{query} {x");
    }
}
