package phifleet.http.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.common.Problem;

/** What gRPC says of problems in headers. */
class GrpcProblemsTest {

    @Test
    void message_isEscapedAndBounded() {
        assertThat(GrpcProblems.escaped("a 100 % ü\n")).isEqualTo("a 100 %25 %C3%BC%0A");
        assertThat(GrpcProblems.escaped("x".repeat(100_000))).hasSizeLessThan(2100);
    }

    @ParameterizedTest
    @CsvSource({
        "400,invalid_value,INVALID_ARGUMENT",
        "401,unauthorized,UNAUTHENTICATED",
        "404,model_not_found,NOT_FOUND",
        "413,body_too_large,RESOURCE_EXHAUSTED",
        "413,text_too_long,INVALID_ARGUMENT",
        "424,model_kind_missing,FAILED_PRECONDITION",
        "429,overloaded,RESOURCE_EXHAUSTED",
        "500,model_failed,INTERNAL",
        "501,unknown_method,UNIMPLEMENTED",
        "503,draining,UNAVAILABLE",
        "504,deadline_exceeded,DEADLINE_EXCEEDED"
    })
    void problem_hasACode(int status, String code, GrpcStatus expected) {
        assertThat(GrpcStatus.of(Problem.of(status, code, "", null))).isEqualTo(expected);
    }

    @Test
    void answer_meansToAProxy_whatOverHttpItsStatusDoes() {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        assertThat(GrpcStatus.httpStatus(fields)).isEqualTo(200);
        assertThat(GrpcStatus.httpStatus(fields.set("grpc-status", "14"))).isEqualTo(503);
        assertThat(GrpcStatus.httpStatus(fields.set("grpc-status", "13"))).isEqualTo(500);
        assertThat(GrpcStatus.httpStatus(fields.set("grpc-status", "3"))).isEqualTo(200);
        assertThat(GrpcStatus.httpStatus(fields.set("grpc-status", "8"))).isEqualTo(200);
        assertThat(GrpcStatus.httpStatus(fields.set("Retry-After", "1"))).isEqualTo(429);
    }
}
