package phifleet.inference.model;

/** One number for each of red, green and blue. */
public record Channels(double red, double green, double blue) {
    public static final Channels ZERO = all(0);
    public static final Channels ONE = all(1);

    public static Channels all(double value) {
        return new Channels(value, value, value);
    }

    /** Of red, green and blue by their numbers, 0 to 2. */
    public double of(int channel) {
        return switch (channel) {
            case 0 -> red;
            case 1 -> green;
            default -> blue;
        };
    }

    public Channels plus(double value) {
        return new Channels(red + value, green + value, blue + value);
    }

    public Channels times(Channels other) {
        return new Channels(red * other.red, green * other.green, blue * other.blue);
    }

    boolean isFinite() {
        return Double.isFinite(red) && Double.isFinite(green) && Double.isFinite(blue);
    }
}
