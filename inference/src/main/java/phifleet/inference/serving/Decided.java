package phifleet.inference.serving;

import java.util.List;
import java.util.stream.Stream;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.Task;

/** Tasks of texts of which more was decided. */
final class Decided {
    private Decided() {}

    static Task.OfTexts with(Task.OfTexts task, List<String> more) {
        return switch (task) {
            case Task.SentenceEncoding it -> with(it, more);
            case Task.CrossEncoding it ->
                new Task.CrossEncoding(it.input(), it.pooling(), it.activation(), it.prompt(), with(it.recipe(), more));
            case Task.TextClassification it ->
                new Task.TextClassification(
                        it.input(), it.pooling(), it.labels(), it.activation(), with(it.recipe(), more));
            case Task.SparseEncoding it ->
                new Task.SparseEncoding(it.input(), it.squashed(), it.summed(), it.queries(), with(it.recipe(), more));
            case Task.TokenClassification it ->
                new Task.TokenClassification(
                        it.input(), it.labels(), it.marksSubwords(), it.unknown(), with(it.recipe(), more));
            case Task.SpanExtraction it ->
                new Task.SpanExtraction(
                        it.input(),
                        it.labelToken(),
                        it.textToken(),
                        it.maxWidth(),
                        it.maxWords(),
                        with(it.recipe(), more));
            case Task.MultiVectorEncoding it ->
                new Task.MultiVectorEncoding(
                        it.input(),
                        it.queryToken(),
                        it.documentToken(),
                        it.queryTokens(),
                        it.filler(),
                        it.attendsFiller(),
                        it.skipped(),
                        it.dimension(),
                        with(it.recipe(), more));
        };
    }

    static Task.SentenceEncoding with(Task.SentenceEncoding task, List<String> more) {
        return new Task.SentenceEncoding(
                task.input(),
                task.pooling(),
                task.normalize(),
                task.prompts(),
                task.defaultPrompt(),
                with(task.recipe(), more),
                task.overflow(),
                task.heads(),
                task.ranges());
    }

    private static Recipe with(Recipe recipe, List<String> more) {
        return new Recipe(
                recipe.output(),
                recipe.modules(),
                recipe.dimensions(),
                recipe.tasks(),
                recipe.lowerCase(),
                recipe.specialTokens(),
                Stream.concat(recipe.decisions().stream(), more.stream()).toList());
    }
}
