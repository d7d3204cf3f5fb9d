/** What an operator does to the fleet: workers, models, weights; and who has used it. */
@NullMarked
package phifleet.gateway.http.operator;

import org.jspecify.annotations.NullMarked;
