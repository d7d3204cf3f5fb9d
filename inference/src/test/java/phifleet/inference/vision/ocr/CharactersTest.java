package phifleet.inference.vision.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

class CharactersTest {
    /** Class 0 is nothing, 1 to 3 are characters, 4 is a space. */
    private static final Characters CHARACTERS = Characters.of("a\nb\n字");

    private static Tensor columns(float likely, int... classes) {
        float[] values = new float[classes.length * 5];
        for (int i = 0; i < classes.length; i++) {
            values[5 * i + classes[i]] = likely;
        }
        return Tensor.of(List.of(1L, (long) classes.length, 5L), values);
    }

    @Test
    void sameClassInColumnsThatFollow_isOneCharacter_andABlankBetweenMakesTwo() throws ModelException {
        assertThat(CHARACTERS
                        .read(columns(0.9f, 0, 1, 1, 0, 1, 2, 2, 4, 4, 3, 0))
                        .text())
                .isEqualTo("aab 字");
    }

    @Test
    void score_isTheMeanOfTheCharactersAlone() throws ModelException {
        Tensor found = Tensor.of(List.of(1L, 3L, 5L), 0.1f, 0.5f, 0.2f, 0, 0, 0.99f, 0, 0, 0, 0, 0, 0, 0.7f, 0.1f, 0);

        Characters.Read read = CHARACTERS.read(found);

        assertThat(read.text()).isEqualTo("ab");
        assertThat(read.score()).isCloseTo(0.6, within(1e-6));
    }

    @Test
    void nothingButBlanks_isNoText() throws ModelException {
        assertThat(CHARACTERS.read(columns(1, 0, 0, 0))).isEqualTo(new Characters.Read("", 0));
        assertThat(CHARACTERS.read(columns(1))).isEqualTo(new Characters.Read("", 0));
    }

    @Test
    void otherShapesAndWhatIsNoNumber_areRefused() {
        assertThatThrownBy(() -> CHARACTERS.read(Tensor.of(List.of(1L, 1L, 4L), 1, 0, 0, 0)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("make 5 classes");
        assertThatThrownBy(() -> CHARACTERS.read(columns(Float.POSITIVE_INFINITY, 1)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no number");
    }

    @Test
    void direction_isTurnedOnlyWhereItIsSure() throws ModelException {
        assertThat(Direction.isUpsideDown(Tensor.of(List.of(1L, 2L), 0.05f, 0.95f)))
                .isTrue();
        assertThat(Direction.isUpsideDown(Tensor.of(List.of(1L, 2L), 0.2f, 0.8f)))
                .isFalse();
        assertThat(Direction.isUpsideDown(Tensor.of(List.of(1L, 2L), 0.95f, 0.05f)))
                .isFalse();
        assertThat(Direction.isUpsideDown(Tensor.of(List.of(1L, 2L), Float.NaN, Float.NaN)))
                .isFalse();
        assertThatThrownBy(() -> Direction.isUpsideDown(Tensor.of(List.of(1L, 3L), 1, 0, 0)))
                .isInstanceOf(ModelException.class);
    }
}
