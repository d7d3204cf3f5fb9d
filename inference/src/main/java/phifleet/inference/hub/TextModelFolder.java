package phifleet.inference.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;

/** A folder in the Hugging Face layout, whatever its model does with texts. */
public final class TextModelFolder {
    private TextModelFolder() {}

    /**
     * Reads a folder.
     *
     * @param known what its name tells, for what the folder does not
     * @param task what it does; null for what its files say
     * @return the specification, with everything at its default that the folder does not say
     * @throws ModelException with the file that is missing or says what is not supported, or the setting that is needed
     */
    public static ModelSpec read(
            Path folder, FolderWishes wished, @Nullable KnownModel known, @Nullable TextTask task, String id)
            throws ModelException {
        if (!Files.isDirectory(folder)) {
            throw new ModelException(folder + " is not a folder");
        }
        TextTask does = task != null ? task : known != null ? TextTask.SENTENCE_ENCODING : TextTask.of(folder);
        return does == TextTask.SENTENCE_ENCODING
                ? HuggingFaceFolder.read(folder, wished, known).spec(id)
                : HeadFolder.read(folder, wished, does, id);
    }
}
