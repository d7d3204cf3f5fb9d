package phifleet.equations;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The library stands alone, and its packages build on each other in one direction. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("phifleet.equations");

    @Test
    void equations_knowNoServerAndNoEngine() {
        classes()
                .that()
                .resideInAPackage("phifleet.equations..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "org.apfloat..", "phifleet.equations..")
                .check(CLASSES);
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("phifleet.equations.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void grammar_knowsTheTreeAlone() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.equations.grammar")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "phifleet.equations",
                        "phifleet.equations.units",
                        "phifleet.equations.dimension",
                        "phifleet.equations.law",
                        "phifleet.equations.identity",
                        "phifleet.equations.exact")
                .check(CLASSES);
    }

    @Test
    void state_isNeverStaticAndMutable() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }
}
