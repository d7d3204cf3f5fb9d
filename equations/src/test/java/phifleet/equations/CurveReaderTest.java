package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.equations.curve.Curve;
import phifleet.equations.curve.Curve.Sample;
import phifleet.equations.grammar.Format;

class CurveReaderTest {
    private static final CurveReader READER = new CurveReader(System::nanoTime);

    private static Curve curve(CurveRequest request) {
        assertThat(READER.draw(request)).isInstanceOf(CurveOutcome.Drawn.class);
        return ((CurveOutcome.Drawn) READER.draw(request)).curve();
    }

    private static Curve curve(String equation) {
        return curve(CurveRequest.of(equation));
    }

    /** The places at which the left side has no value. */
    private static List<Double> gaps(Curve curve) {
        return curve.samples().stream()
                .filter(sample -> Double.isNaN(sample.left()))
                .map(Sample::x)
                .toList();
    }

    @Test
    void draw_polynomial_hasBothSidesAtEvenPlaces() {
        Curve curve = curve(CurveRequest.of("x^2 - 5x + 6 = 0").within(0, 5));
        assertThat(curve.variable()).isEqualTo("x");
        assertThat(curve.samples()).hasSize(CurveRequest.DEFAULT_POINTS);
        assertThat(curve.samples().getFirst()).isEqualTo(new Sample(0, 6, 0));
        assertThat(curve.samples().getLast()).isEqualTo(new Sample(5, 6, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "1/x = 1, 0",
        "1/x^2 = 1, 0",
        "1/(x - 0.0123)^2 = 4, 0.0123",
        "tan(x/4) = x, -6.283185307 6.283185307",
        "floor(x/4) = 1, -8 -4 0 4 8"
    })
    void draw_poleOrJump_partsTheLineThereAlone(String equation, String places) {
        List<Double> wanted =
                Stream.of(places.split(" ", -1)).map(Double::valueOf).toList();
        List<Double> gaps = gaps(curve(equation));
        assertThat(wanted).allSatisfy(place -> assertThat(gaps).anyMatch(gap -> Math.abs(gap - place) < 1e-6));
        assertThat(gaps).allMatch(gap -> wanted.stream().anyMatch(place -> Math.abs(gap - place) < 1e-6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x^9 = 1",
                "e^(x^2) = 1",
                "sqrt(|x|) = 1",
                "|x|^(1/5) = 1",
                "e^x = 2",
                "atan(50 x) = 0",
                "sin(8x) = 0",
                "|x| = 3"
            })
    void draw_steepButContinuous_hasNoGap(String equation) {
        assertThat(gaps(curve(equation))).isEmpty();
    }

    @Test
    void draw_constantButForRounding_hasNoMoreSamplesThanAskedFor() {
        assertThat(curve("sin²x + cos²x = 1").samples()).hasSize(CurveRequest.DEFAULT_POINTS);
    }

    @Test
    void draw_notReal_isLeftOutUpToItsEdge() {
        Curve curve = curve(CurveRequest.of("sqrt(x - 1/3) = 2"));
        Sample first = curve.samples().stream()
                .filter(sample -> !Double.isNaN(sample.left()))
                .findFirst()
                .orElseThrow();
        assertThat(first.x()).isCloseTo(1.0 / 3, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(gaps(curve)).allMatch(x -> x < 1.0 / 3 + 1e-9);
        assertThat(curve("ln(x) = -x^2 - 1").samples()).noneMatch(sample -> Double.isInfinite(sample.left()));
    }

    @Test
    void draw_boundOfASum_isWhole() {
        Curve curve = curve("\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}");
        assertThat(curve.isWhole()).isTrue();
        assertThat(curve.samples()).allMatch(sample -> sample.x() == Math.rint(sample.x()));
        assertThat(curve.samples()).contains(new Sample(10, 55, 55));
    }

    @Test
    void draw_constants_areNoFreeSymbols() {
        assertThat(curve("e^x + pi = 5").variable()).isEqualTo("x");
        CurveRequest golden = new CurveRequest("φ^x = 2", Format.AUTO, true, null, null, 10, 500);
        assertThat(curve(golden).variable()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "E = mc²",
                "1 + 1 = 2",
                "0 < x < 1",
                "x = 1; x = 2",
                "\\nabla \\times \\vec B = 0",
                "f(x) = x",
                "2 H2 + O2 -> 2 H2O"
            })
    void draw_whatHasNoPicture_saysWhy(String equation) {
        assertThat(READER.draw(CurveRequest.of(equation)))
                .isInstanceOfSatisfying(
                        CurveOutcome.None.class, none -> assertThat(none.why()).endsWith("."));
    }

    @Test
    void draw_wrongRequests_areOutcomes() {
        assertThat(READER.draw(CurveRequest.of("x = )"))).isInstanceOf(CurveOutcome.Malformed.class);
        assertThat(READER.draw(CurveRequest.of("x = 1").within(2, 2))).isInstanceOf(CurveOutcome.Invalid.class);
        assertThat(READER.draw(CurveRequest.of("x = 1").within(0, 1e101)))
                .isInstanceOfSatisfying(
                        CurveOutcome.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("to"));
        assertThat(READER.draw(CurveRequest.of("x = 1").within(-1e101, 0)))
                .isInstanceOfSatisfying(
                        CurveOutcome.Invalid.class,
                        invalid -> assertThat(invalid.value()).isEqualTo("-1.0E101"));
    }

    @Test
    void draw_hugeAndTinyRanges_areDrawn() {
        assertThat(curve(CurveRequest.of("x^3 = 1").within(-1e100, 1e100)).samples())
                .noneMatch(sample -> Double.isInfinite(sample.left()));
        assertThat(curve(CurveRequest.of("1/x = 1").within(1e-100, 3e-100)).samples())
                .hasSizeGreaterThan(100);
    }

    @Test
    void draw_timeIsOver_isNoPicture() {
        AtomicLong now = new AtomicLong();
        CurveReader late = new CurveReader(() -> now.addAndGet(TimeUnit.SECONDS.toNanos(1)));
        assertThat(late.draw(CurveRequest.of("zeta(x) = \\sum_{i=1}^{100} 1/i^x")))
                .isInstanceOf(CurveOutcome.None.class);
    }
}
