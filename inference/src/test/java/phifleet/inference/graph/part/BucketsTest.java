package phifleet.inference.graph.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {
    /** As transformers' T5Attention._relative_position_bucket gives them, both ways, 32 buckets, 128 at most. */
    @ParameterizedTest
    @CsvSource({"0,0", "-1,1", "-7,7", "-8,8", "-11,8", "-12,9", "-127,15", "-128,15", "1,17", "8,24", "64,30", "128,31"
    })
    void bucket_ofADistance_isT5s(int distance, int bucket) {
        assertThat(new Buckets(32, 128).bucket(distance)).isEqualTo(bucket);
    }
}
