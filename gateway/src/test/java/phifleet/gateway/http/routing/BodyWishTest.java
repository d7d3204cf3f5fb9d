package phifleet.gateway.http.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyWishTest {
    private static List<String> kinds(String path, String body) {
        return BodyWish.kinds(path, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            nullValues = "-",
            value = {
                "/embed | {'texts':['a'],'outputs':['sparse']} | sparse-encoder",
                "/embed | {'outputs':['multi_vector'],'texts':['a']} | multi-vector-encoder",
                "/embed | {'texts':['a'],'outputs':['dense','sparse']} | sentence-encoder,sparse-encoder",
                "/embed | {'texts':['a'],'outputs':['sparse','multi_vector','sparse']} | multi-vector-encoder,sparse-encoder",
                "/embed | {'texts':['a'],'outputs':['dense']} | -",
                "/embed | {'texts':['a'],'outputs':null} | -",
                "/embed | {'texts':['a']} | -",
                "/embed | {'texts':['a','\\'outputs\\'']} | -",
                "/embed | {'texts':['a',{'text':'b'},{'image':'aGk='}]} | text-image-encoder",
                "/embed | {'texts':[{'text':'image'},['image'],5,{'a':{'image':1}}],'outputs':['sparse']} | sparse-encoder",
                "/embed | {'texts':{'image':'aGk='},'outputs':['sparse']} | sparse-encoder",
                "/v1/embeddings | {'input':[{'image':'aGk='}]} | text-image-encoder",
                "/classify | {'labels':['a'],'image':'aGk='} | text-image-encoder",
                "/classify | {'images':['aGk='],'labels':['a']} | text-image-encoder",
                "/classify | {'texts':['an image'],'labels':['image']} | -",
                "/classify | {'texts':['a'],'outputs':['sparse']} | -",
                "/rerank | {'image':'aGk='} | -",
                "/embed | ['outputs'] | -",
                "/embed | {'outputs':['sparse' | -"
            })
    void kinds_ofABody_areWhatOneModelMustBe(String path, String body, String kinds) {
        assertThat(kinds(path, body)).isEqualTo(kinds == null ? List.of() : List.of(kinds.split(",")));
    }

    @Test
    void kinds_ofAnImageLongerThanWhatIsLookedAt_areFound() {
        String image = "a".repeat(2 * ModelName.SCANNED_BYTES);

        assertThat(kinds("/classify", "{'image':'" + image + "','labels':['a']}"))
                .containsExactly("text-image-encoder");
        assertThat(kinds("/embed", "{'texts':['b',{'image':'" + image + "'}]}")).containsExactly("text-image-encoder");
        assertThat(kinds("/classify", "{'texts':['" + image + "'],'image':'aGk='}"))
                .isEmpty();
    }
}
