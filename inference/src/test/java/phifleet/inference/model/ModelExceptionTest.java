package phifleet.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelExceptionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error code - ORT_RUNTIME_EXCEPTION - message: BFCArena: Failed to allocate memory for requested buffer of size 12884901888",
                "CUDA failure 2: out of memory ; GPU=0",
                "CUBLAS_STATUS_ALLOC_FAILED",
                "Non-zero status code returned while running Add node. Name:'' Status Message: std::bad_alloc",
                "DefaultCPUAllocator: can't allocate memory: you tried to allocate 8000000000000 bytes",
                "BFCArena::AllocateRawInternal Available memory of 0 is smaller than requested bytes of 6291456"
            })
    void isOfMemory_messagesOfTheEngines_areKnownAndNeverUnclear(String message) {
        assertThat(new ModelException(message).isOfMemory()).isTrue();
        assertThat(ModelException.unclear(message, new RuntimeException()).isUnclear())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"idx=99999 must be within the inclusive range", "matmul dimension mismatch"})
    void isUnclear_otherMessages_goByWhoThrewThem(String message) {
        assertThat(new ModelException(message).isOfMemory()).isFalse();
        assertThat(ModelException.unclear(message, new RuntimeException()).isUnclear())
                .isTrue();
        assertThat(new ModelException(message).isUnclear()).isFalse();
    }
}
