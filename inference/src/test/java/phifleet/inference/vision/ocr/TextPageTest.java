package phifleet.inference.vision.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;
import phifleet.inference.vision.decode.Image;

class TextPageTest {
    private static Image image(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) 255;
        }
        return new Image(width, height, rgb);
    }

    /** A map of the page's input on which a box is marked, in shares of its sides. */
    private static Tensor map(TextPage page, double left, double top, double right, double bottom) {
        List<Long> shape = page.input().shape();
        int height = Math.toIntExact(shape.get(2));
        int width = Math.toIntExact(shape.get(3));
        float[] values = new float[height * width];
        for (int y = (int) (top * height); y < bottom * height; y++) {
            for (int x = (int) (left * width); x < right * width; x++) {
                values[y * width + x] = 1;
            }
        }
        return Tensor.of(List.of(1L, 1L, (long) height, (long) width), values);
    }

    @Test
    void input_hasBlueFirst_fromMinusOneToOne() {
        Tensor input = TextPage.of(image(736, 736)).input();

        assertThat(input.shape()).isEqualTo(List.of(1L, 3L, 736L, 736L));
        assertThat(input.number(0)).isEqualTo(-1);
        assertThat(input.number(736 * 736)).isEqualTo(-1);
        assertThat(input.number(2 * 736 * 736)).isEqualTo(1);
        assertThat(input.number(3 * 736 * 736 - 1)).isEqualTo(1);
    }

    @Test
    void places_areInThePictureThatWasGiven_howeverMuchSmallerThePageIs() throws ModelException {
        TextPage page = TextPage.of(image(4000, 3000));

        List<TextLine> lines = page.lines(map(page, 0.25, 0.5, 0.75, 0.52));

        assertThat(lines).hasSize(1);
        Quad place = page.place(lines.getFirst());
        assertThat((place.topLeft().x() + place.topRight().x()) / 2).isBetween(1980.0, 2020.0);
        assertThat((place.topLeft().y() + place.bottomLeft().y()) / 2).isBetween(1510.0, 1550.0);
        assertThat(place.topRight().x() - place.topLeft().x()).isBetween(2000.0, 2150.0);
    }

    @Test
    void lowPicture_isPadded_andItsPlacesLieWithinIt() throws ModelException {
        TextPage page = TextPage.of(image(1000, 40));

        List<TextLine> lines = page.lines(map(page, 0.1, 0.44, 0.9, 0.56));

        assertThat(lines).hasSize(1);
        for (Point corner : page.place(lines.getFirst()).corners()) {
            assertThat(corner.y()).isBetween(0.0, 40.0);
            assertThat(corner.x()).isBetween(50.0, 950.0);
        }
        assertThat(lines.getFirst().forReading().number(0)).isEqualTo(-1);
    }

    @Test
    void mapOfAnotherSize_isRefused() {
        TextPage page = TextPage.of(image(100, 100));

        assertThatThrownBy(() -> page.lines(Tensor.of(List.of(1L, 1L, 1L, 1L), 1)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("736");
    }

    @Test
    void inputPixels_areKnownBeforehand() {
        assertThat(TextPage.inputPixels(640, 480)).isEqualTo(992 * 736);
        assertThat(TextPage.inputPixels(30_000, 2)).isLessThanOrEqualTo(TextPage.mostInputPixels());
    }
}
