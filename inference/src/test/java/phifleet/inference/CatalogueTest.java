package phifleet.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.inference.lane.LaneObserver;
import phifleet.inference.lane.LaneState;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.model.Device;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Task;
import phifleet.inference.model.WorkUnit;
import phifleet.inference.vision.Preprocessings;

class CatalogueTest {
    private final Raw first = new Raw("first", "org/first");
    private final Image image = new Image("image");
    private final Raw second = new Raw("second", "second");

    private final Catalogue catalogue = new Catalogue(List.of(image, first, second));

    private record Raw(String id, String alias) implements ServedModel {
        @Override
        public ModelDescription description() {
            return describe(id, List.of(alias), new Task.Tensors());
        }

        @Override
        public LaneState lane() {
            return new LaneState(WorkUnit.ELEMENTS, 0, 0, 0, 0, 0, 0);
        }

        @Override
        public LaneStatistics.Totals statistics() {
            return new LaneStatistics(LaneObserver.NONE).totals();
        }
    }

    private record Image(String id) implements ServedModel {
        @Override
        public ModelDescription description() {
            return describe(id, List.of(), new Task.ImageEncoding(Preprocessings.UNIT, null, true));
        }

        @Override
        public LaneState lane() {
            return new LaneState(WorkUnit.PIXELS, 0, 0, 0, 0, 0, 0);
        }

        @Override
        public LaneStatistics.Totals statistics() {
            return new LaneStatistics(LaneObserver.NONE).totals();
        }
    }

    private static ModelDescription describe(String id, List<String> aliases, Task task) {
        return new ModelDescription(
                id,
                aliases,
                task,
                "Fake",
                "1",
                Device.CPU,
                Precision.FP32,
                true,
                Padding.NOWHERE,
                ModelDescription.ONLY_VERSION,
                ModelSpec.Scheduling.DEFAULT);
    }

    @Test
    void find_idOrAlias_isTheModel() {
        assertThat(catalogue.find("second", Raw.class)).isEqualTo(new Catalogue.Found.Model<>(second));
        assertThat(catalogue.find("org/first", Raw.class)).isEqualTo(new Catalogue.Found.Model<>(first));
        assertThat(catalogue.find("image", ServedModel.class)).isEqualTo(new Catalogue.Found.Model<>(image));
    }

    @Test
    void find_noName_isTheFirstOfTheKind() {
        assertThat(catalogue.find(null, Raw.class)).isEqualTo(new Catalogue.Found.Model<>(first));
        assertThat(catalogue.find(null, Image.class)).isEqualTo(new Catalogue.Found.Model<>(image));
        assertThat(Catalogue.empty().find(null, Raw.class)).isEqualTo(new Catalogue.Found.NoneOfKind<>());
    }

    @Test
    void find_nameOfAnotherKind_saysWhose() {
        assertThat(catalogue.find("image", Raw.class)).isEqualTo(new Catalogue.Found.OtherKind<>(image));
    }

    @Test
    void find_nameOfNone_isUnknown() {
        assertThat(catalogue.find("third", Raw.class)).isEqualTo(new Catalogue.Found.Unknown<>("third"));
    }

    @Test
    void new_twoModelsOfOneName_isRefusedWithBoth() {
        assertThatThrownBy(() -> new Catalogue(List.of(first, new Raw("other", "first"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two models have the name 'first': first and other");
    }

    @Test
    void with_modelOfAnId_takesItsPlace() {
        Raw swapped = new Raw("first", "other");
        Catalogue next = catalogue.with(swapped);
        assertThat(next.all()).containsExactly(image, swapped, second);
        assertThat(next.find("org/first", Raw.class)).isEqualTo(new Catalogue.Found.Unknown<>("org/first"));
        assertThat(catalogue.all()).as("those who hold it").containsExactly(image, first, second);
    }

    @Test
    void with_newId_isLast() {
        Raw third = new Raw("third", "third");
        assertThat(catalogue.with(third).all()).containsExactly(image, first, second, third);
    }

    @Test
    void with_nameOfAnother_isRefused() {
        assertThatThrownBy(() -> catalogue.with(new Raw("third", "second")))
                .hasMessageContaining("two models have the name 'second'");
        assertThatThrownBy(() -> catalogue.requireFree("third", List.of("org/first")))
                .hasMessageContaining("two models have the name 'org/first'");
        catalogue.requireFree("first", List.of("org/first"));
    }

    @Test
    void without_id_isGone() {
        assertThat(catalogue.without("first").all()).containsExactly(image, second);
    }
}
