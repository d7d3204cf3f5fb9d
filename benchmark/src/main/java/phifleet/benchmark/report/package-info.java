/** What results say: with how much confidence, beside each other, and what of it cannot be compared. */
@NullMarked
package phifleet.benchmark.report;

import org.jspecify.annotations.NullMarked;
