package phifleet.gateway.demand;

import phifleet.common.CopyBounds;

/**
 * How many workers should hold a model that is loaded on demand.
 *
 * @param id of the model
 * @param asked of it: seconds of devices a second
 * @param bounds how many may
 * @param copies how many should; 0 where nobody asks for it, and none need be there
 * @param maySpare whether more than those are too many: not before what is asked has been known for a while
 */
public record CopyNeed(String id, double asked, CopyBounds bounds, int copies, boolean maySpare) {}
