package phifleet.gateway.http.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.common.ModelRoutes;

class PictureWishTest {
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16};

    private static List<String> kinds(String body) {
        return PictureWish.kinds("application/json", body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void kinds_ofAFile_seeByItsTypeOrItsBytes() {
        assertThat(PictureWish.kinds("image/webp", new byte[0])).isEqualTo(ModelRoutes.SEES);
        assertThat(PictureWish.kinds("application/octet-stream", JPEG)).isEqualTo(ModelRoutes.SEES);
        assertThat(PictureWish.kinds(null, JPEG)).isEqualTo(ModelRoutes.SEES);
        assertThat(PictureWish.kinds("application/octet-stream", new byte[] {1, 2, 3}))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'inputs':'/9j/4AAQ'} | image-classifier,detector",
                "{'inputs':'iVBORw0KGgoAAAA','parameters':{'top_k':3}} | image-classifier,detector",
                "{'parameters':{'candidate_labels':['a']},'inputs':'R0lGODlh'} | text-image-encoder",
                "{'inputs':'data:image/png;base64,iVBO','parameters':{'candidate_labels':['a']}} | text-image-encoder",
                "{'model':5,'options':{'inputs':'x'},'inputs':'UklGRg'} | image-classifier,detector"
            })
    void kinds_ofAnImageInJson_areBySayingWhatItIsHeldAgainst(String body, String kinds) {
        assertThat(kinds(body)).containsExactly(kinds.split(","));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'inputs':'a text','parameters':{'candidate_labels':['a']}}",
                "{'inputs':['/9j/4AAQ']}",
                "{'inputs':'/9j'}",
                "{'texts':'/9j/4AAQ'}",
                "['inputs']",
                "{'inputs':",
                "{'inputs':\\u002f9j/4AAQ}"
            })
    void kinds_ofAnythingElse_areThoseOfThePath(String body) {
        assertThat(kinds(body)).isEmpty();
    }

    @Test
    void kinds_ofAnImageLongerThanWhatIsLookedAt_areFoundByItsBeginningAndTheBodysEnd() {
        String image = "/9j/" + "A".repeat(2 * ModelName.SCANNED_BYTES);

        assertThat(kinds("{'inputs':'" + image + "','parameters':{'candidate_labels':['a']}}"))
                .isEqualTo(ModelRoutes.SEES_AND_READS);
        assertThat(kinds("{'inputs':'" + image + "'}")).isEqualTo(ModelRoutes.SEES);
    }
}
