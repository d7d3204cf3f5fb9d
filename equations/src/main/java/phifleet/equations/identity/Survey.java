package phifleet.equations.identity;

import java.util.Optional;

/** Takes points of a region until enough of them told, or one shows a difference. */
final class Survey {
    /** Points drawn for each one that should tell. */
    private static final int DRAWS = 3;
    /** Unclear points that get a second look with many digits. */
    private static final int PRECISE_LOOKS = 3;
    /** Differences that may turn out to be rounding before a survey gives up. */
    private static final int FALSE_ALARMS = 6;

    private final Trial trial;
    private final RandomPoints sampler;

    Survey(Trial trial, RandomPoints sampler) {
        this.trial = trial;
        this.sampler = sampler;
    }

    /** Of {@code count} points, {@code whole} of them small integers. */
    Evidence of(RandomPoints.Region region, int count, int whole) {
        int equal = 0;
        int unclear = 0;
        int looks = 0;
        int alarms = 0;
        for (int draw = 0; draw < DRAWS * count && equal < count; draw++) {
            SamplePoint point = draw < whole ? sampler.nextWhole() : sampler.next(region);
            Trial.Finding finding = trial.at(point);
            if (finding == Trial.Finding.BLURRED && equal == 0 && looks < PRECISE_LOOKS) {
                looks++;
                finding = trial.preciselyAt(point);
            }
            if (finding == Trial.Finding.DIFFERENT) {
                Optional<Counterexample> found = trial.replay(point);
                if (found.isPresent()) {
                    return new Evidence(equal, unclear, found);
                }
                alarms++;
                finding = Trial.Finding.UNCLEAR;
            }
            if (finding == Trial.Finding.EQUAL) {
                equal++;
            } else {
                unclear++;
            }
            if (alarms > FALSE_ALARMS || (equal == 0 && unclear > count)) {
                break;
            }
        }
        return new Evidence(equal, unclear, Optional.empty());
    }
}
