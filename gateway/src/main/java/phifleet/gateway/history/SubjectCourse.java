package phifleet.gateway.history;

import java.util.List;

/**
 * One subject's values, a step each.
 *
 * @param values NaN where there were none
 */
public record SubjectCourse(Subject subject, List<Double> values) {
    public SubjectCourse {
        values = List.copyOf(values);
    }
}
