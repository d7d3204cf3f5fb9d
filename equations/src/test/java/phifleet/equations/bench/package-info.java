/** What the validator reaches on files of laws, mutants and identities: the table of {@code scripts/validate-bench}. */
@NullMarked
package phifleet.equations.bench;

import org.jspecify.annotations.NullMarked;
