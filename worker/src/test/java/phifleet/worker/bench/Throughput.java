package phifleet.worker.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How fast a piece of work went.
 *
 * @param perSecond items a second of the clock
 * @param perCpuSecond items a second of this process's processor time
 */
record Throughput(double perSecond, double perCpuSecond) {

    /** Work that may fail. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    static Throughput of(int items, Work work) throws Exception {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Throughput(items / seconds, items / ((system.getProcessCpuTime() - cpu) / 1e9));
    }
}
