package phifleet.worker.http.oip;

import phifleet.common.Problem;

/** Triton's shared-memory extensions, which are not here: tensors come in the request. */
final class SharedMemory {
    static final Problem REFUSAL =
            Problem.badRequest("not_supported", "shared memory is not supported; send tensors in the body", null);

    private SharedMemory() {}

    /** @param field that names a region */
    static Problem refusal(String field) {
        return Problem.badRequest(
                "not_supported", "`" + field + "`: shared memory is not supported; send the tensor in the body", field);
    }
}
