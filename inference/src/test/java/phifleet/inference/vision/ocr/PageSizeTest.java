package phifleet.inference.vision.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageSizeTest {
    /** What RapidOCR 1.4.4 makes of pictures. */
    @ParameterizedTest
    @CsvSource({
        "640, 480, 640, 480, 0, 992, 736",
        "4032, 3024, 1984, 1504, 0, 1984, 1504",
        "2000, 250, 2000, 250, 0, 5888, 736",
        "3000, 300, 1984, 192, 152, 2944, 736",
        "100, 100, 100, 100, 0, 736, 736",
        "1, 1, 32, 32, 0, 736, 736",
        "1000, 20, 1504, 32, 172, 2944, 736",
        "750, 736, 750, 736, 0, 736, 736",
        "1999, 1333, 1999, 1333, 0, 1984, 1344",
        "2500, 100, 1984, 64, 216, 2944, 736"
    })
    void sizes_areThoseOfRapidOcr(
            int width, int height, int pageWidth, int pageHeight, int padding, int inputWidth, int inputHeight) {
        assertThat(PageSize.of(width, height))
                .isEqualTo(new PageSize(pageWidth, pageHeight, padding, inputWidth, inputHeight));
    }

    @Test
    void sizes_ofAnyPicture_areMultiplesWithinTheBound() {
        int[] sides = {1, 2, 7, 29, 31, 60, 500, 1999, 2001, 30_000, 65_535};
        for (int width : sides) {
            for (int height : sides) {
                PageSize size = PageSize.of(width, height);
                assertThat(size.inputPixels())
                        .as("%d x %d: %s", width, height, size)
                        .isBetween(1L, PageSize.MOST_PIXELS);
                assertThat(size.inputWidth() % PageSize.STEP).isZero();
                assertThat(size.inputHeight() % PageSize.STEP).isZero();
                assertThat((long) size.width() * size.paddedHeight()).isLessThanOrEqualTo(PageSize.MOST_PIXELS);
            }
        }
    }
}
