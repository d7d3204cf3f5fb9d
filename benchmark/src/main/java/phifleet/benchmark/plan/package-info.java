/** What a comparison of embedding servers is to do: scenarios, models, targets and texts, as {@code config/benchmark.yaml} has them. */
@NullMarked
package phifleet.benchmark.plan;

import org.jspecify.annotations.NullMarked;
