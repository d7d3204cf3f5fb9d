package phifleet.worker.index;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an index has an entry for: each image, or each thing of a kind that was found in one. */
public enum IndexContents {
    IMAGES,
    VEHICLES,
    PEOPLE;

    /** Those of things that are found in images. */
    public static final List<IndexContents> THINGS = List.of(VEHICLES, PEOPLE);

    /** As requests and names of files have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether things of a detector's label are among these, as COCO or Pascal VOC calls them. */
    public boolean has(String detected) {
        return switch (detected.toLowerCase(Locale.ROOT)) {
            case "bicycle",
                    "car",
                    "motorcycle",
                    "motorbike",
                    "airplane",
                    "aeroplane",
                    "bus",
                    "train",
                    "truck",
                    "boat" -> this == VEHICLES;
            case "person" -> this == PEOPLE;
            default -> false;
        };
    }

    static Optional<IndexContents> labelled(String label) {
        for (IndexContents contents : values()) {
            if (contents.label().equals(label)) {
                return Optional.of(contents);
            }
        }
        return Optional.empty();
    }
}
