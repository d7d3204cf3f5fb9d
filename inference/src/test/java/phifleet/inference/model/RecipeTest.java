package phifleet.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecipeTest {
    @Test
    void of_moreDimensionsThanThereAre_keepsAll() {
        Recipe recipe = new Recipe("out", List.of(), 200, List.of("task"), true, false, List.of("why"));
        assertThat(recipe.of(384)).isSameAs(recipe);
        assertThat(recipe.of(32))
                .isEqualTo(new Recipe("out", List.of(), 0, List.of("task"), true, false, List.of("why")));
        assertThat(recipe.of(200).dimensions()).isZero();
    }
}
