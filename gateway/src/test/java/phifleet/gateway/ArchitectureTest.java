package phifleet.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the gateway's packages: http to balance to common, http to the web page, and no others. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // Other modules' tests come as jars.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("phifleet");

    @Test
    void balance_knowsNoNetworkAndNothingAboveIt() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.gateway.balance")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..",
                        "io.netty..",
                        "phifleet.gateway",
                        "phifleet.gateway.http..",
                        "phifleet.webui..",
                        "phifleet.membership..")
                .check(CLASSES);
    }

    @Test
    void demand_knowsNoNetworkAndNothingAboveIt() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.gateway.demand")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..",
                        "io.netty..",
                        "phifleet.gateway",
                        "phifleet.gateway.balance..",
                        "phifleet.gateway.http..",
                        "phifleet.http..",
                        "phifleet.membership..")
                .check(CLASSES);
    }

    @Test
    void history_knowsNoNetworkAndNothingBesideIt() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.gateway.history")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..",
                        "io.netty..",
                        "phifleet.gateway",
                        "phifleet.gateway.balance..",
                        "phifleet.gateway.demand..",
                        "phifleet.gateway.http..",
                        "phifleet.http..",
                        "phifleet.membership..")
                .check(CLASSES);
    }

    @Test
    void http_knowsNeitherTheMainNorMembership() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.gateway.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("phifleet.gateway", "phifleet.membership..")
                .check(CLASSES);
    }

    @Test
    void hazelcast_isKnownToMembershipAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("phifleet.membership..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.hazelcast..")
                .check(CLASSES);
    }

    @Test
    void log4j_isSpokenToByNobodyButItsSetUp() {
        noClasses()
                .that()
                .resideOutsideOfPackage("phifleet.logging..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.logging.log4j..")
                .check(CLASSES);
    }

    @Test
    void proxy_isALine() {
        noClasses()
                .that()
                .haveSimpleName("Attempt")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(".*\\.(Forwarding|ProxyLoop|GatewayRoutes)(\\$.*)?")
                .check(CLASSES);
        noClasses()
                .that()
                .haveSimpleName("Forwarding")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(".*\\.(ProxyLoop|GatewayRoutes)(\\$.*)?")
                .check(CLASSES);
    }

    @Test
    void rooms_holdNoCycle() {
        slices().matching("phifleet.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
