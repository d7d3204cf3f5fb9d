/** {@code POST /predict/{model}}: any model by its name, in this project's own dialect. */
@NullMarked
package phifleet.worker.http.predict;

import org.jspecify.annotations.NullMarked;
