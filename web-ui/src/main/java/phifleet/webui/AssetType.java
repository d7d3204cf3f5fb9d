package phifleet.webui;

import org.jspecify.annotations.Nullable;

/** What kinds of file there are; no other is served. */
enum AssetType {
    HTML("text/html; charset=utf-8", true),
    JS("text/javascript; charset=utf-8", true),
    CSS("text/css; charset=utf-8", true),
    SVG("image/svg+xml", true),
    WOFF2("font/woff2", false);

    private final String contentType;
    private final boolean compressible;

    AssetType(String contentType, boolean compressible) {
        this.contentType = contentType;
        this.compressible = compressible;
    }

    String contentType() {
        return contentType;
    }

    boolean compressible() {
        return compressible;
    }

    /** By what stands behind the last dot of the name; null where that is no kind of ours. */
    static @Nullable AssetType of(String path) {
        return switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "html" -> HTML;
            case "js" -> JS;
            case "css" -> CSS;
            case "svg" -> SVG;
            case "woff2" -> WOFF2;
            default -> null;
        };
    }
}
