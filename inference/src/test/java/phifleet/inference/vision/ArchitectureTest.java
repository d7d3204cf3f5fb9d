package phifleet.inference.vision;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The room's arrows of ARCHITECTURE.md, and no others. */
class ArchitectureTest {
    @Test
    void vision_knowsOnlyTheModel() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.inference.vision..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "phifleet.inference.vision..",
                        "phifleet.inference.model..",
                        "com.fasterxml.jackson..",
                        "com.twelvemonkeys..",
                        "org.jspecify..",
                        "java..",
                        "javax.imageio..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("phifleet.inference.vision"));
    }
}
