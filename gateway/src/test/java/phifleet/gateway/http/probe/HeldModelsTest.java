package phifleet.gateway.http.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.common.WorkerCard.HeldModel;

class HeldModelsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<HeldModel> read(String info) throws Exception {
        return HeldModels.read(JSON.readTree(info)).orElseThrow();
    }

    @Test
    void read_modelWithAliases_isHeldByEachName() throws Exception {
        assertThat(read("{\"models\":[{\"name\":\"mini\",\"aliases\":[\"m\"],\"kind\":\"sentence-encoder\"}]}"))
                .containsExactly(new HeldModel("mini", "sentence-encoder"), new HeldModel("m", "sentence-encoder"));
    }

    @Test
    void read_modelThatGivesSeveralOutputs_isOfTheirKindsToo() throws Exception {
        assertThat(read("{\"models\":[{\"name\":\"m3\",\"kind\":\"sentence-encoder\","
                        + "\"gives\":[\"dense\",\"sparse\",\"multi_vector\",\"colours\"]}]}"))
                .containsExactly(
                        new HeldModel("m3", "sentence-encoder"),
                        new HeldModel("m3", "sparse-encoder"),
                        new HeldModel("m3", "multi-vector-encoder"));
    }

    @Test
    void shown_hasWhatPeopleChooseBy() throws Exception {
        assertThat(HeldModels.shown(JSON.readTree("{\"models\":[{\"name\":\"m3\",\"kind\":\"sentence-encoder\","
                        + "\"gives\":[\"dense\",\"sparse\"],\"engine\":\"OnnxRuntime\"}]}")))
                .hasValueSatisfying(models -> assertThat(models.toString())
                        .isEqualTo(
                                "[{\"name\":\"m3\",\"kind\":\"sentence-encoder\",\"gives\":[\"dense\",\"sparse\"]}]"));
    }

    @Test
    void read_infoWithoutOrWithOtherModels_saysNothing() throws Exception {
        assertThat(HeldModels.read(JSON.readTree("{}"))).isEmpty();
        assertThat(HeldModels.read(JSON.readTree("{\"models\":[{\"name\":\"\"}]}")))
                .isEmpty();
    }
}
