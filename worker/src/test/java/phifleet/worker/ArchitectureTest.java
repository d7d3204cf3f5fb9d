package phifleet.worker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows of ARCHITECTURE.md, and no others. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // Other modules' tests come as jars.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("phifleet");

    @Test
    void model_dependsOnNoOtherRoom() {
        assertNone(
                "phifleet.inference.model..",
                "phifleet.worker.http..",
                "phifleet.inference.lane..",
                "phifleet.inference.engine..",
                "phifleet.inference.text..",
                "phifleet.inference.graph..",
                "phifleet.inference.onnx..",
                "phifleet.inference.hub..",
                "phifleet.worker",
                "io.vertx..",
                "ai..");
    }

    @Test
    void inference_isALibrary_thatNeedsNothingOfTheFleets() {
        assertNone(
                "phifleet.inference..",
                "phifleet.common..",
                "phifleet.http..",
                "phifleet.membership..",
                "phifleet.logging..",
                "phifleet.process..",
                "phifleet.worker..",
                "com.hazelcast..",
                "io.vertx..",
                "io.netty..");
    }

    @Test
    void fileFormat_knowsOnlyTheModel() {
        assertNone(
                "phifleet.inference.onnx..",
                "phifleet.inference.engine..",
                "phifleet.inference.graph..",
                "phifleet.inference.hub..",
                "phifleet.inference.lane..",
                "phifleet.inference.text..",
                "phifleet.worker..",
                "io.vertx..",
                "ai..");
    }

    @Test
    void graph_knowsOnlyTheModel_andTheFileFormat() {
        assertNone(
                "phifleet.inference.graph..",
                "phifleet.inference.engine..",
                "phifleet.inference.hub..",
                "phifleet.inference.lane..",
                "phifleet.inference.text..",
                "phifleet.worker..",
                "io.vertx..",
                "ai..");
    }

    @Test
    void graph_isWrittenByFamilies_andTheseOfParts() {
        String graph = "phifleet.inference.graph";
        String family = graph + ".family..";
        String encoder = graph + ".encoder..";
        String decoder = graph + ".decoder..";
        assertNone(encoder, graph, decoder);
        assertNone(decoder, graph, encoder);
        assertNone(family, graph, encoder, decoder);
        assertNone(graph + ".part..", graph, family, encoder, decoder);
        assertNone(graph + ".safetensors..", graph, family, encoder, decoder, graph + ".part..");
        noClasses()
                .that()
                .resideOutsideOfPackages(graph, family, encoder, decoder)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(family, encoder, decoder)
                .check(CLASSES);
    }

    @Test
    void hub_knowsNoEngineAndNoLane() {
        assertNone(
                "phifleet.inference.hub..",
                "phifleet.inference.engine..",
                "phifleet.inference.lane..",
                "phifleet.worker..",
                "io.vertx..",
                "ai..");
    }

    @Test
    void inference_knowsNoHttpAndNoEngine() {
        assertNone(
                "phifleet.inference.lane..",
                "phifleet.worker.http..",
                "phifleet.inference.engine..",
                "phifleet.inference.text..",
                "phifleet.worker",
                "io.vertx..",
                "ai..");
    }

    @Test
    void http_knowsNoEngine() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.worker.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("phifleet.inference.engine..", "phifleet.worker", "ai..")
                .check(CLASSES);
    }

    @Test
    void residence_knowsOfHttpOnlyTheWorkersState() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.worker.residence..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "phifleet.worker.http..",
                                "phifleet.inference.engine..",
                                "phifleet.worker",
                                "io.vertx..")
                        .and(not(resideInAPackage("phifleet.worker.http.state.."))))
                .check(CLASSES);
    }

    @Test
    void engines_areImportedByTheEnginePackageAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("phifleet.inference.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "ai.onnxruntime..")
                .check(CLASSES);
    }

    @Test
    void engine_knowsOnlyTheModel() {
        assertNone(
                "phifleet.inference.engine..",
                "phifleet.worker.http..",
                "phifleet.inference.lane..",
                "phifleet.inference.text..",
                "phifleet.worker",
                "io.vertx..");
    }

    @Test
    void frameworks_areKnownToTheirAdaptersAlone_andNobodyKnowsThose() {
        noClasses()
                .that()
                .resideOutsideOfPackages("phifleet.inference.langchain4j..", "phifleet.inference.springai..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.langchain4j..",
                        "org.springframework..",
                        "phifleet.inference.langchain4j..",
                        "phifleet.inference.springai..")
                .check(CLASSES);
    }

    @Test
    void frameworks_areNotOnTheWorkersClassPath() {
        for (String name : List.of(
                "dev.langchain4j.model.embedding.EmbeddingModel", "org.springframework.ai.embedding.EmbeddingModel")) {
            assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void serving_isForWhoeverOpensModels() {
        noClasses()
                .that()
                .resideInAPackage("phifleet.inference..")
                .and()
                .resideOutsideOfPackages("phifleet.inference.serving..", "phifleet.inference.local..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("phifleet.inference.serving..")
                .check(CLASSES);
    }

    @Test
    void webPage_isKnownToHttpAlone_andKnowsNobody() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "phifleet.http..", "phifleet.worker.http..", "phifleet.gateway.http..", "phifleet.webui..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("phifleet.webui..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("phifleet.webui..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("phifleet.webui..", "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void hazelcast_isImportedByMembershipAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("phifleet.membership..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.hazelcast..")
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
    void sessions_areOpenedInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("ai..")
                .and()
                .haveNameNotMatching(".*[.](OnnxSession|SessionSettings|NamedProvider)([$].*)?")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("ai[.]onnxruntime[.]OrtSession([$].*)?")
                .check(CLASSES);
    }

    @Test
    void text_knowsNeitherHttpNorEngines() {
        assertNone(
                "phifleet.inference.text..",
                "phifleet.http..",
                "phifleet.worker..",
                "phifleet.inference.engine..",
                "io.vertx..",
                "ai..");
    }

    @Test
    void text_knowsNeitherEntitiesNorGoldens() {
        String text = "phifleet.inference.text";
        assertNone(text, text + ".entity..", text + ".golden..");
        assertNone(text + ".entity..", text + ".golden..", text + ".module..");
    }

    @Test
    void rooms_holdNoCycle() {
        slices().matching("phifleet.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** No class of a package depends on one of the others. */
    private static void assertNone(String from, String... to) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .check(CLASSES);
    }
}
