package phifleet.equations;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    void rooms_haveNoCycles() {
        slices().matching("phifleet.equations.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void tokens_knowNoNamesUnitsOrTrees() {
        knowsOfTheGrammar("token");
        knowsOfTheGrammar("name", "token");
        knowsOfTheGrammar("quantity", "token");
        knowsOfTheGrammar("parser", "name", "token");
    }

    private static void knowsOfTheGrammar(String room, String... others) {
        Set<String> known = Stream.concat(Stream.of(room), Stream.of(others))
                .map(other -> "phifleet.equations.grammar." + other)
                .collect(Collectors.toSet());
        DescribedPredicate<JavaClass> unknown = DescribedPredicate.describe(
                "live in the grammar outside " + known,
                type -> type.getPackageName().startsWith("phifleet.equations.grammar")
                        && !known.contains(type.getPackageName()));
        noClasses()
                .that()
                .resideInAPackage("phifleet.equations.grammar." + room)
                .should()
                .dependOnClassesThat(unknown)
                .check(CLASSES);
    }

    @Test
    void grammar_knowsTheTreeAlone() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.equations.grammar..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "phifleet.equations",
                        "phifleet.equations.claim",
                        "phifleet.equations.number",
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
