/** Tests of the TorchScript engine, and archives for them, written without torch. */
@NullMarked
package phifleet.worker.engine.pytorch;

import org.jspecify.annotations.NullMarked;
