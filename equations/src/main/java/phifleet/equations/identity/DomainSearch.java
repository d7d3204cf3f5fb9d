package phifleet.equations.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import phifleet.equations.identity.RandomPoints.Region;

/** Looks for the largest of some domains on which two sides agree: everywhere, the reals, the positive numbers, an interval. */
final class DomainSearch {
    private static final int COMPLEX_POINTS = 48;
    private static final int REAL_POINTS = 24;
    /** Points that have to agree for an identity. */
    private static final int ENOUGH = 64;
    /** Points that have to agree for a smaller domain. */
    private static final int ENOUGH_OF_A_PART = 40;
    /** Points drawn where one region has to tell alone. */
    private static final int POINTS = 72;
    /** Small integers among the real points: a few always, and many where functions jump. */
    private static final int WHOLE_POINTS = 6;

    private static final int WHOLE_POINTS_OF_JUMPS = 36;
    /** Points where agreement is seen again with many digits, and draws to find them. */
    private static final int PRECISE_POINTS = 2;

    private static final int PRECISE_DRAWS = 8;

    private final List<String> names;
    private final Trial trial;
    private final RandomPoints sampler;
    private final Survey survey;
    private final int whole;
    private final Predicate<Region> prover;

    DomainSearch(List<String> names, Trial trial, RandomPoints sampler, boolean jumps, Predicate<Region> prover) {
        this.names = names;
        this.trial = trial;
        this.sampler = sampler;
        this.survey = new Survey(trial, sampler);
        this.whole = jumps ? WHOLE_POINTS_OF_JUMPS : WHOLE_POINTS;
        this.prover = prover;
    }

    IdentityOutcome search() {
        boolean onlyReal = sampler.isSame(Region.COMPLEX, Region.REAL);
        Evidence complex =
                onlyReal ? new Evidence(0, 0, Optional.empty()) : survey.of(Region.COMPLEX, COMPLEX_POINTS, 0);
        boolean realAlone = complex.equal() == 0;
        Evidence real = survey.of(Region.REAL, (realAlone ? POINTS : REAL_POINTS) + whole, whole);
        if (complex.counterexample().isEmpty() && real.counterexample().isEmpty()) {
            return everywhere(complex.equal() + real.equal(), realAlone ? Region.REAL : Region.COMPLEX);
        }
        Counterexample outside =
                real.counterexample().or(complex::counterexample).orElseThrow();
        if (real.agrees(REAL_POINTS / 2)) {
            Evidence more = survey.of(Region.REAL, POINTS, 0);
            if (more.agrees(ENOUGH_OF_A_PART) && agreePrecisely(points(Region.REAL))) {
                return onDomain(Region.REAL, "real", more.equal(), outside);
            }
        }
        return onPart(outside);
    }

    private IdentityOutcome everywhere(int points, Region region) {
        int equal = points;
        if (equal < ENOUGH) {
            Evidence more = survey.of(region, POINTS, 0);
            if (more.counterexample().isPresent()) {
                return new IdentityOutcome.Refuted(more.counterexample().get());
            }
            equal += more.equal();
        }
        if (equal < ENOUGH) {
            return new IdentityOutcome.Undetermined("too few points where both sides have a value");
        }
        List<SamplePoint> seen = points(region);
        if (agreePrecisely(seen)) {
            return new IdentityOutcome.Agreed(equal);
        }
        for (SamplePoint point : seen) {
            Optional<Counterexample> hidden = trial.replay(point);
            if (hidden.isPresent()) {
                return new IdentityOutcome.Refuted(hidden.get());
            }
        }
        return new IdentityOutcome.Undetermined("no point could be seen with many digits");
    }

    /** Whether the sides agree with many digits too: a small term beside a large one is lost in double precision. */
    private boolean agreePrecisely(List<SamplePoint> points) {
        int equal = 0;
        for (int i = 0; i < points.size() && equal < PRECISE_POINTS; i++) {
            Trial.Finding finding = trial.preciselyAt(points.get(i));
            if (finding == Trial.Finding.DIFFERENT) {
                return false;
            }
            equal += finding == Trial.Finding.EQUAL ? 1 : 0;
        }
        return equal > 0;
    }

    private List<SamplePoint> points(Region region) {
        List<SamplePoint> points = new ArrayList<>();
        for (int draw = 0; draw < PRECISE_DRAWS; draw++) {
            points.add(sampler.next(region));
        }
        return points;
    }

    private IdentityOutcome onPart(Counterexample outside) {
        if (!sampler.isSame(Region.REAL, Region.POSITIVE)) {
            Evidence positive = survey.of(Region.POSITIVE, POINTS, 0);
            if (positive.agrees(ENOUGH_OF_A_PART) && agreePrecisely(points(Region.POSITIVE))) {
                return onDomain(Region.POSITIVE, "> 0", positive.equal(), outside);
            }
        }
        if (names.size() == 1) {
            boolean integers = sampler.effective(Region.COMPLEX).getFirst().isInteger();
            return integers ? new IdentityOutcome.Refuted(outside) : onInterval(outside);
        }
        Evidence small = survey.of(Region.SMALL, POINTS, 0);
        return small.agrees(ENOUGH_OF_A_PART) && agreePrecisely(points(Region.SMALL))
                ? new IdentityOutcome.OnDomain(
                        "small " + String.join(", ", names) + " (tried between 0 and 1/4)",
                        false,
                        false,
                        small.equal(),
                        outside)
                : new IdentityOutcome.Refuted(outside);
    }

    private IdentityOutcome onDomain(Region region, String what, int points, Counterexample outside) {
        List<Assumption> before = sampler.effective(Region.COMPLEX);
        List<Assumption> after = sampler.effective(region);
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (before.get(i) != after.get(i)) {
                changed.add(names.get(i));
            }
        }
        return new IdentityOutcome.OnDomain(
                String.join(", ", changed) + " " + what, region == Region.REAL, prover.test(region), points, outside);
    }

    private IdentityOutcome onInterval(Counterexample outside) {
        Optional<Interval> interval = Interval.find(trial);
        if (interval.isPresent()) {
            int equal = 0;
            for (SamplePoint point : interval.get().points(POINTS)) {
                Trial.Finding finding = trial.at(point);
                if (finding == Trial.Finding.DIFFERENT) {
                    return new IdentityOutcome.Refuted(outside);
                }
                equal += finding == Trial.Finding.EQUAL ? 1 : 0;
            }
            if (equal >= ENOUGH_OF_A_PART && agreePrecisely(interval.get().points(PRECISE_POINTS))) {
                return new IdentityOutcome.OnDomain(
                        interval.get().text(names.getFirst()), interval.get().isWhole(), false, equal, outside);
            }
        }
        return new IdentityOutcome.Refuted(outside);
    }
}
