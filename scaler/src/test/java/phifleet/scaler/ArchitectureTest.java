package phifleet.scaler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Whoever holds the engine's socket is small and knows nobody: common, and no more. */
class ArchitectureTest {
    @Test
    void scaler_knowsCommonAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "phifleet.membership..",
                        "phifleet.gateway..",
                        "phifleet.http..",
                        "com.hazelcast..",
                        "io.vertx..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("phifleet.scaler"));
    }
}
