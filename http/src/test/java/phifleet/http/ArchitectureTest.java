package phifleet.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The edge knows no program. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("phifleet");

    @Test
    void edge_knowsNeitherProgramsNorModelsNorMembers() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "phifleet.worker..",
                        "phifleet.gateway..",
                        "phifleet.inference..",
                        "phifleet.equations..",
                        "phifleet.membership..")
                .check(CLASSES);
    }

    @Test
    void json_knowsNoServer() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.http.json")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("phifleet.http", "io.vertx.core.http..", "phifleet.webui..")
                .check(CLASSES);
    }

    @Test
    void rooms_holdNoCycle() {
        slices().matching("phifleet.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
