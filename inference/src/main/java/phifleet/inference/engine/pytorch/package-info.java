/** TorchScript models through DJL's PyTorch engine, which only a build with the pytorch profile has. */
@NullMarked
package phifleet.inference.engine.pytorch;

import org.jspecify.annotations.NullMarked;
