package phifleet.http;

import phifleet.common.Problem;
import phifleet.http.json.JsonOutput;

/** How a dialect says no: a status and a body of its own, so that its official clients understand. */
public interface ProblemShape {

    /** The HTTP status; the problem's own unless the dialect has another for it. */
    default int status(Problem problem) {
        return problem.status();
    }

    void write(Problem problem, JsonOutput out);
}
