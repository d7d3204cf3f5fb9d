package phifleet.worker.http.heads;

import java.util.List;
import phifleet.http.json.JsonOutput;
import phifleet.inference.text.entity.Aggregation;
import phifleet.inference.text.entity.Entity;
import phifleet.inference.text.entity.EntityExtractor;

/** How a dialect writes entities. */
enum ExtractAnswer {
    /** {@code {"entities":[[{"label","score","text","start","end","start_utf16","end_utf16"}]],"model"}}. */
    NATIVE,
    /** {@code [{"entity_group","score","word","start","end"}]}, as transformers' pipeline has it; a list of such for a list of texts. */
    PIPELINE;

    void write(ExtractQuestion question, EntityExtractor extractor, List<List<Entity>> found, JsonOutput out) {
        switch (this) {
            case NATIVE -> {
                out.beginObject().member("entities").beginList();
                for (int i = 0; i < found.size(); i++) {
                    entities(question.texts().get(i), found.get(i), out);
                }
                out.endList()
                        .member("model")
                        .string(extractor.description().id())
                        .endObject();
            }
            case PIPELINE -> {
                String name = question.wanted().aggregation() == Aggregation.NONE ? "entity" : "entity_group";
                if (question.alone()) {
                    groups(question.texts().getFirst(), found.getFirst(), name, out);
                    return;
                }
                out.beginList();
                for (int i = 0; i < found.size(); i++) {
                    groups(question.texts().get(i), found.get(i), name, out);
                }
                out.endList();
            }
        }
    }

    private static void entities(String text, List<Entity> entities, JsonOutput out) {
        TextPlaces places = new TextPlaces(text);
        out.beginList();
        for (Entity entity : entities) {
            int start = places.utf16(entity.start());
            int end = places.utf16(entity.stop());
            out.beginObject().member("label").string(entity.label());
            out.member("score").number(entity.score());
            out.member("text").string(text.substring(start, end));
            out.member("start").number(entity.start());
            out.member("end").number(entity.stop());
            out.member("start_utf16").number(start);
            out.member("end_utf16").number(end).endObject();
        }
        out.endList();
    }

    private static void groups(String text, List<Entity> entities, String name, JsonOutput out) {
        TextPlaces places = new TextPlaces(text);
        out.beginList();
        for (Entity entity : entities) {
            out.beginObject().member(name).string(entity.label());
            out.member("score").number(entity.score());
            out.member("word")
                    .string(text.substring(places.utf16(entity.start()), places.utf16(entity.stop()))
                            .strip());
            out.member("start").number(entity.start());
            out.member("end").number(entity.stop()).endObject();
        }
        out.endList();
    }
}
