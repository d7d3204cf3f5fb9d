package phifleet.gateway.demand;

/**
 * Requests that are counted together, since they cost alike.
 *
 * @param model as requests name it, or what stands for it where they name none
 * @param priority {@code interactive} or {@code batch}
 */
public record RequestKind(String model, String priority) {}
