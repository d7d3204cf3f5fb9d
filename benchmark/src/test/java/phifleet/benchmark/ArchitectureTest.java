package phifleet.benchmark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** It speaks HTTP only; the simulator alone sees the gateway, and of that the pure parts. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("phifleet.benchmark");

    @Test
    void benchmark_speaksHttpOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("phifleet.benchmark.simulator..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("phifleet.gateway..", "phifleet.common..", "phifleet.worker..", "phifleet.http..")
                .check(CLASSES);
    }

    @Test
    void simulator_seesPurePartsOnly() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.benchmark.simulator..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("phifleet.gateway", "phifleet.gateway.http..", "phifleet.http..", "io.vertx..")
                .check(CLASSES);
    }
}
