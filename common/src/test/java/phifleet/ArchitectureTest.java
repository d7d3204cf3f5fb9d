package phifleet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of common: membership and logging to common, and no way back. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("phifleet");

    @Test
    void packages_areFreeOfCycles() {
        slices().matching("phifleet.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void common_knowsNothingAboveIt() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.common..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("phifleet.membership..", "phifleet.logging..", "phifleet.process..")
                .check(CLASSES);
    }

    @Test
    void hazelcast_isKnownToMembershipAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("phifleet.membership..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.hazelcast..")
                .check(CLASSES);
    }

    @Test
    void log4j_isSetUpByLoggingAlone_andSpokenToByNobody() {
        noClasses()
                .that()
                .resideOutsideOfPackage("phifleet.logging..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.logging.log4j..")
                .check(CLASSES);
    }
}
