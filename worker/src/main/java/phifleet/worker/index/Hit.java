package phifleet.worker.index;

import org.jspecify.annotations.Nullable;

/**
 * An image that was found.
 *
 * @param score the cosine of its vector and the query's, −1 to 1; null where there was no vector
 */
public record Hit(ImageRecord image, @Nullable Double score) {}
