package phifleet.worker;

import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Task;
import phifleet.inference.paired.TextImageEncoder;
import phifleet.inference.serving.ResidentModel;
import phifleet.inference.serving.TextLoader;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.text.SentenceEncoder;

/** Turns the specification of a model of texts and images into one that serves: its two networks, each with its lane, under one name. */
record TextImageLoader(TextLoader texts, TensorLoader tensors) {

    ResidentModel load(ModelSpec spec, Task.TextImageEncoding both) throws ModelException {
        if (!(spec.source() instanceof ModelSource.Towers towers)) {
            throw new ModelException(spec.id() + ": a " + both.label() + " needs a graph of texts and one of images");
        }
        ResidentModel words = texts.load(
                spec.part(new ModelSource.Files(towers.texts(), towers.tokenizer()), both.texts()), both.texts());
        try {
            ResidentModel pictures = tensors.load(spec.part(new ModelSource.Graph(towers.images()), both.images()));
            return together(both, words, pictures);
        } catch (ModelException | RuntimeException | Error e) {
            words.close();
            throw e;
        }
    }

    private static ResidentModel together(Task.TextImageEncoding both, ResidentModel words, ResidentModel pictures)
            throws ModelException {
        try {
            return ResidentModel.of(
                    TextImageEncoder.of(both, (SentenceEncoder) words.served(), (ImageModel) pictures.served()),
                    words,
                    pictures);
        } catch (ModelException e) {
            pictures.close();
            throw e;
        }
    }
}
