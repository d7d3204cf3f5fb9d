package phifleet.inference.vision;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The room's arrows of ARCHITECTURE.md, and no others. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("phifleet.inference.vision");

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
                .check(CLASSES);
    }

    @Test
    void decode_knowsPixelsAlone() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.inference.vision.decode")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "phifleet.inference.vision", "phifleet.inference.vision.output", "phifleet.inference.model..")
                .check(CLASSES);
    }

    @Test
    void output_knowsNoPreparation() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.inference.vision.output")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("phifleet.inference.vision")
                .check(CLASSES);
    }
}
