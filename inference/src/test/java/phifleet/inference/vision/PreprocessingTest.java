package phifleet.inference.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Channels;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Filter;
import phifleet.inference.model.PixelFormat;
import phifleet.inference.model.PixelFormat.ChannelOrder;
import phifleet.inference.model.PixelFormat.Layout;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.Preprocessing.Crop;
import phifleet.inference.model.Resize;
import phifleet.inference.model.Resize.Anchor;
import phifleet.inference.model.Resize.Rounding;
import phifleet.inference.model.Tensor;
import phifleet.inference.vision.ImagePreparation.Prepared;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.ImageException;
import phifleet.inference.vision.output.Box;
import phifleet.inference.vision.output.Placement;

class PreprocessingTest {
    private static final Preprocessing PLAIN =
            new Preprocessing(new Resize.None(), Filter.BILINEAR, Optional.empty(), PixelFormat.UNIT);

    /** Two pixels: 10, 20, 30 and 40, 50, 60. */
    private static final Image TWO = new Image(2, 1, new byte[] {10, 20, 30, 40, 50, 60});

    @Test
    void prepare_planes_haveOneChannelEach() throws ImageException {
        Tensor tensor = ImagePreparation.prepare(PLAIN.with(PixelFormat.UNIT.with(1)), TWO)
                .tensor();

        assertThat(tensor.shape()).containsExactly(1L, 3L, 1L, 2L);
        assertThat(tensor.data().isDirect()).isTrue();
        assertThat(floats(tensor)).containsExactly(10, 40, 20, 50, 30, 60);
    }

    @Test
    void prepare_pixelByPixelBlueFirst_hasChannelsSideBySide() throws ImageException {
        PixelFormat format = PixelFormat.UNIT.with(1).with(Layout.NHWC).with(ChannelOrder.BGR);

        Tensor tensor = ImagePreparation.prepare(PLAIN.with(format), TWO).tensor();

        assertThat(tensor.shape()).containsExactly(1L, 1L, 2L, 3L);
        assertThat(floats(tensor)).containsExactly(30, 20, 10, 60, 50, 40);
    }

    @Test
    void prepare_meanAndDeviation_goWithTheirChannelInAnyOrder() throws ImageException {
        PixelFormat format = PixelFormat.UNIT
                .with(new Channels(0.1, 0.2, 0.3), new Channels(1, 2, 4))
                .with(ChannelOrder.BGR);

        float[] values =
                floats(ImagePreparation.prepare(PLAIN.with(format), TWO).tensor());

        assertThat(values[0]).isCloseTo((30 / 255f - 0.3f) / 4, within(1e-6f));
        assertThat(values[4]).isCloseTo(10 / 255f - 0.1f, within(1e-6f));
    }

    @Test
    void prepare_halfFloatsAndBytes_haveTheirTypes() throws ImageException {
        Tensor halves = ImagePreparation.prepare(PLAIN.with(PixelFormat.UNIT.with(ElementType.FP16)), TWO)
                .tensor();
        Tensor bytes = ImagePreparation.prepare(PLAIN.with(PixelFormat.UNIT.with(ElementType.UINT8)), TWO)
                .tensor();

        assertThat(halves.type()).isEqualTo(ElementType.FP16);
        assertThat(Float.float16ToFloat(halves.data().asShortBuffer().get(1))).isCloseTo(40 / 255f, within(1e-3f));
        assertThat(bytes.data().get(1)).isEqualTo((byte) 40);
        assertThat(bytes.data().get(5)).isEqualTo((byte) 60);
    }

    @Test
    void prepare_letterbox_liesInTheMiddle() throws ImageException {
        Preprocessing plain = PLAIN.with(new Resize.Letterbox(640, 640, Anchor.CENTER, 114, Rounding.ROUND, false));
        Prepared small = ImagePreparation.prepare(plain, grey(101, 50, 0));
        Prepared enlarged = ImagePreparation.prepare(Preprocessings.yolo(640, 640), grey(160, 80, 0));
        Prepared large = ImagePreparation.prepare(plain, grey(1280, 721, 0));

        // 539 columns are left over: 269 before and 270 behind; of the large one 360.5 rows are 360.
        assertThat(small.placement()).isEqualTo(new Placement(101, 50, 1, 1, 269, 295, 640, 640));
        assertThat(enlarged.placement()).isEqualTo(new Placement(160, 80, 4, 4, 0, 160, 640, 640));
        assertThat(large.placement()).isEqualTo(new Placement(1280, 721, 0.5, 0.5, 0, 140, 640, 640));
        float[] values = floats(large.tensor());
        assertThat(values[139 * 640]).isCloseTo(114 / 255f, within(1e-6f));
        assertThat(values[140 * 640]).isZero();
        assertThat(values[499 * 640]).isZero();
        assertThat(values[500 * 640]).isCloseTo(114 / 255f, within(1e-6f));
    }

    @Test
    void prepare_yolox_liesInTheCornerEnlargedAndIsNotScaled() throws ImageException {
        Prepared prepared = ImagePreparation.prepare(Preprocessings.yolox(640, 640), grey(320, 100, 7));

        assertThat(prepared.placement()).isEqualTo(new Placement(320, 100, 2, 2, 0, 0, 640, 640));
        assertThat(floats(prepared.tensor())[0]).isEqualTo(7);
        assertThat(floats(prepared.tensor())[200 * 640]).isEqualTo(114);
    }

    @Test
    void placement_boxOfTheInput_comesBackToTheOriginal() throws ImageException {
        Placement letterbox = ImagePreparation.prepare(Preprocessings.yolo(640, 640), grey(1280, 640, 0))
                .placement();
        Placement cropped = ImagePreparation.prepare(Preprocessings.IMAGENET, grey(512, 1024, 0))
                .placement();

        assertThat(letterbox.toOriginal(new Box(0, 160, 640, 480))).isEqualTo(new Box(0, 0, 1280, 640));
        // Half the size, then 16 columns and 144 rows cut off.
        assertThat(cropped.toOriginal(new Box(0, 0, 224, 224))).isEqualTo(new Box(32, 288, 480, 736));
    }

    @Test
    void prepare_cropOfASmallerImage_isBlackAround() throws ImageException {
        Preprocessing crop = PLAIN.with(Optional.of(new Crop(3, 3))).with(PixelFormat.UNIT.with(1));

        float[] red = Arrays.copyOf(
                floats(ImagePreparation.prepare(crop, grey(1, 1, 9)).tensor()), 9);

        assertThat(red).containsExactly(0, 0, 0, 0, 9, 0, 0, 0, 0);
    }

    @Test
    void prepare_sidesThatDifferTooMuch_isRefused() {
        assertThatThrownBy(() -> ImagePreparation.prepare(
                        PLAIN.with(new Resize.ShortestSide(256, Rounding.ROUND)), grey(1, 30_000, 0)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("1 x 30000")
                .hasMessageContaining("256 x 7680000");
    }

    @Test
    void prepare_onePixelAndAStrip_becomeInputs() throws ImageException {
        assertThat(ImagePreparation.prepare(Preprocessings.IMAGENET, grey(1, 1, 5))
                        .tensor()
                        .shape())
                .containsExactly(1L, 3L, 224L, 224L);
        assertThat(ImagePreparation.prepare(Preprocessings.yolo(640, 640), grey(30_000, 2, 5))
                        .tensor()
                        .shape())
                .containsExactly(1L, 3L, 640L, 640L);
    }

    @Test
    void prepare_paddedImage_hasZerosBesideItWhateverTheMean() throws ImageException {
        PixelFormat format = PixelFormat.UNIT.with(1).with(new Channels(5, 5, 5), Channels.ONE);
        Preprocessing padded = PLAIN.with(format).with(new Resize.Padded(new Resize.Within(2, 2), 3, 2));
        // Memory that another tensor has left.
        for (ElementType type : List.of(ElementType.FP32, ElementType.FP16)) {
            Prepared prepared = ImagePreparation.prepare(padded.with(format.with(type)), TWO);

            assertThat(prepared.tensor().shape()).containsExactly(1L, 3L, 2L, 3L);
            assertThat(IntStream.range(0, 18)
                            .mapToDouble(prepared.tensor()::number)
                            .toArray())
                    .containsExactly(5, 35, 0, 0, 0, 0, 15, 45, 0, 0, 0, 0, 25, 55, 0, 0, 0, 0);
            assertThat(prepared.shownWidth()).isEqualTo(2);
            assertThat(prepared.shownHeight()).isEqualTo(1);
            assertThat(prepared.placement()).isEqualTo(new Placement(2, 1, 1, 1, 0, 0, 3, 2));
        }
        Prepared bytes = ImagePreparation.prepare(
                padded.with(PixelFormat.UNIT.with(ElementType.UINT8).with(Layout.NHWC)), TWO);
        assertThat(IntStream.range(0, 18).mapToDouble(bytes.tensor()::number).toArray())
                .containsExactly(10, 20, 30, 40, 50, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void prepare_paddedInMemoryThatWasUsed_isZeroBesideTheImage() throws ImageException {
        Preprocessing padded = PLAIN.with(new Resize.Padded(new Resize.Within(64, 64), 96, 96));
        Tensor used = ImagePreparation.prepare(PLAIN, grey(96, 96, 255)).tensor();
        used.release();

        Tensor tensor = ImagePreparation.prepare(padded, grey(64, 32, 255)).tensor();

        float[] floats = floats(tensor);
        for (int y = 0; y < 96; y++) {
            for (int x = 0; x < 96; x++) {
                assertThat(floats[y * 96 + x]).as("%s, %s", x, y).isEqualTo(x < 64 && y < 32 ? 1 : 0);
            }
        }
    }

    @Test
    void prepare_stripsBetweenTwoBounds_areSmall() throws ImageException {
        Preprocessing detr = PLAIN.with(new Resize.Edges(800, 1333, Rounding.ROUND, Resize.Multiple.ANY));

        assertThat(ImagePreparation.prepare(detr, grey(30_000, 2, 5)).tensor().shape())
                .containsExactly(1L, 3L, 1L, 1333L);
        // The shorter side stays as it is, and the longer one then passes its bound by a rounding.
        Preprocessing padded = detr.with(new Resize.Padded(detr.resize(), 1333, 1333));
        assertThatThrownBy(() -> ImagePreparation.prepare(padded, grey(2_000, 1, 5)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("2000 x 1 pixels would become one of 2000 x 1")
                .hasMessageContaining("1333 x 1333");
    }

    @Test
    void preprocessing_paddedAndCropped_isRefused() {
        assertThatThrownBy(() -> PLAIN.with(new Resize.Padded(new Resize.Within(2, 2), 3, 2))
                        .with(Optional.of(new Crop(2, 2))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Resize.Padded(new Resize.ShortestSide(5, Rounding.ROUND), 9, 9))
                .hasMessageContaining("nothing bounds their size");
    }

    @Test
    void shortestSide_roundedOrTruncated() {
        assertThat(new Resize.ShortestSide(256, Rounding.ROUND).other(427, 640)).isEqualTo(384);
        assertThat(new Resize.ShortestSide(256, Rounding.TRUNCATE).other(427, 640))
                .isEqualTo(383);
    }

    @Test
    void format_thatMakesNoSense_isRefused() {
        assertThatThrownBy(() -> PixelFormat.UNIT.with(Channels.ZERO, Channels.ZERO))
                .hasMessageContaining("std");
        assertThatThrownBy(() -> PixelFormat.UNIT.with(ElementType.INT64)).hasMessageContaining("not INT64");
        assertThatThrownBy(() -> PixelFormat.UNIT.with(ElementType.UINT8).with(0.5))
                .hasMessageContaining("UINT8");
        assertThatThrownBy(() -> new Crop(0, 5)).hasMessageContaining("0 x 5");
    }

    @Test
    void named_knowsItsNames() {
        assertThat(Preprocessings.names()).contains("imagenet", "yolo", "yolox", "clip");
        assertThat(Preprocessings.named("imagenet")).contains(Preprocessings.IMAGENET);
        assertThat(Preprocessings.named("other")).isEmpty();
    }

    private static Image grey(int width, int height, int value) {
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) value);
        return new Image(width, height, rgb);
    }

    private static float[] floats(Tensor tensor) {
        FloatBuffer buffer = tensor.floats();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
