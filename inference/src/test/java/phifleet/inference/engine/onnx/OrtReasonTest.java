package phifleet.inference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrtReasonTest {

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", textBlock = """
            Error code - ORT_RUNTIME_EXCEPTION - message: running Add node. Status Message: /onnxruntime_src/core/element_wise_ops.h:556 void onnxruntime::BroadcastIterator::Init(ptrdiff_t, ptrdiff_t) axis == 1 || axis == largest was false. Attempting to broadcast. 3 by 4 => running Add node. Status Message: Attempting to broadcast. 3 by 4
            Error code - ORT_FAIL - message: running MatMul node. Status Message: matmul_helper.h:59 Compute MatMul dimension mismatch => running MatMul node. Status Message: MatMul dimension mismatch
            Error code - ORT_FAIL - message: /onnxruntime_src/core/reshape_helper.h:28 onnxruntime::ReshapeHelper::ReshapeHelper(const TensorShape&, bool) const [with T = float] cannot be reshaped {2,3} => cannot be reshaped {2,3}
            Error code - ORT_INVALID_ARGUMENT - message: indices element out of data bounds, idx=5 must be within the inclusive range [-2,1] => indices element out of data bounds, idx=5 must be within the inclusive range [-2,1]
            """)
    void of_message_hasNeitherCodeNorPlaceInTheSource(String message, String reason) {
        assertThat(OrtReason.of(message)).isEqualTo(reason);
    }
}
