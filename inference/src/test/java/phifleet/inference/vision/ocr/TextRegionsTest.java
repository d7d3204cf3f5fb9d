package phifleet.inference.vision.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextRegionsTest {
    /** '#' is text; what is right of it and below it counts too, so that small gaps close. */
    private static List<List<Point>> regions(String... rows) {
        float[] values = new float[rows.length * rows[0].length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows[i / rows[0].length()].charAt(i % rows[0].length()) == '#' ? 0.9f : 0.1f;
        }
        return TextRegions.of(new ProbabilityMap(FloatBuffer.wrap(values), rows[0].length(), rows.length));
    }

    @Test
    void partsThatHangTogetherOverManyRows_areOne() {
        List<List<Point>> found =
                regions("###......###", "..##....##..", "...######...", "............", "............");

        assertThat(found).hasSize(1);
        assertThat(found.getFirst()).contains(new Point(0, 0), new Point(11, 0), new Point(3, 3), new Point(9, 3));
    }

    @Test
    void partsAtACorner_areOne_andPartsApartAreTwo() {
        assertThat(regions("##......", "........", "..##....", "........")).hasSize(1);
        assertThat(regions("##......", "........", "....##..", "........")).hasSize(2);
        assertThat(regions("##...##.", "........")).hasSize(2);
    }

    @Test
    void regions_areInTheOrderOfTheirFirstRows() {
        assertThat(regions("......##", "........", "##......", "........"))
                .extracting(points -> points.getFirst())
                .containsExactly(new Point(6, 0), new Point(0, 2));
    }

    @Test
    void emptyMap_hasNone_andAFullOneHasOne() {
        assertThat(regions("....", "....")).isEmpty();
        assertThat(regions("####", "####")).hasSize(1);
    }

    @Test
    void mapOfSpecks_givesNoMoreThanTheBound() {
        int side = 500;
        float[] values = new float[side * side];
        for (int y = 0; y < side; y += 4) {
            for (int x = 0; x < side; x += 4) {
                values[y * side + x] = 1;
            }
        }

        assertThat(TextRegions.of(new ProbabilityMap(FloatBuffer.wrap(values), side, side)))
                .hasSize(TextRegions.MOST);
    }

    @Test
    void whatIsNoNumber_isNoText() {
        float[] values = {Float.NaN, Float.NaN, Float.NaN, Float.NaN};

        assertThat(TextRegions.of(new ProbabilityMap(FloatBuffer.wrap(values), 2, 2)))
                .isEmpty();
    }
}
