package phifleet.benchmark;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import phifleet.benchmark.Workload.Part;

/**
 * Mixed requests for a long time: short and long texts, one and many a request, several dialects, and clients that hang up
 * before their answer. For watching what a worker's memory does meanwhile.
 */
public final class SoakMain {
    private static final Duration HANG_UP_EVERY = Duration.ofMillis(500);
    private static final List<String> WORDS = List.of(
            "parcel", "fleet", "of", "the", "river", "under", "seven", "bridges", "wanders", "Größe", "naïve", "42");

    private SoakMain() {}

    /**
     * Runs it and prints the table.
     *
     * @param args address, connections, seconds
     */
    public static void main(String[] args) throws InterruptedException {
        if (args.length != 3) {
            System.err.println("usage: SoakMain http://HOST:PORT CONNECTIONS SECONDS");
            System.exit(2);
        }
        URI target = URI.create(args[0]);
        Duration time = Duration.ofSeconds(Long.parseLong(args[2]));
        Random random = new Random(11);
        Workload workload = Workload.mixed(
                List.of(
                        new Part(40, embed(random, 200, 1, 60)),
                        new Part(10, embed(random, 100, 1, 240)),
                        new Part(6, embed(random, 50, 32, 40)),
                        new Part(30, calls(random, 100, "/v1/embeddings", "input", "\"encoding_format\":\"base64\",")),
                        new Part(30, calls(random, 100, "/tokenize", "inputs", ""))),
                5);
        long end = System.nanoTime() + time.toNanos();
        AtomicLong hangUps = new AtomicLong();
        Thread leaver = Thread.ofVirtual().start(() -> hangUp(target, random, end, hangUps));
        LoadReport report = new LoadDriver(target, Integer.parseInt(args[1])).run(workload, time);
        leaver.join();
        System.out.print(report.table());
        System.out.println(hangUps + " clients hung up before their answer");
        System.exit(report.lost() == 0 ? 0 : 1);
    }

    private static List<Call> embed(Random random, int calls, int texts, int mostWords) {
        List<Call> made = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            String body = IntStream.range(0, texts)
                    .mapToObj(at -> '"' + text(random, mostWords) + '"')
                    .collect(Collectors.joining(",", "{\"texts\":[", "]}"));
            made.add(Call.postJson("embed " + texts, "/embed", body, AnswerCheck.anything()));
        }
        return made;
    }

    private static List<Call> calls(Random random, int calls, String path, String field, String more) {
        return IntStream.range(0, calls)
                .mapToObj(at -> Call.postJson(
                        path,
                        path,
                        "{\"model\":\"all-minilm-l6-v2\"," + more + '"' + field + "\":\"" + text(random, 30) + "\"}",
                        AnswerCheck.anything()))
                .toList();
    }

    private static String text(Random random, int mostWords) {
        return random.ints(1 + random.nextInt(mostWords), 0, WORDS.size())
                .mapToObj(WORDS::get)
                .collect(Collectors.joining(" "));
    }

    private static void hangUp(URI target, Random random, long end, AtomicLong count) {
        while (System.nanoTime() < end) {
            Call call = embed(random, 1, 16, 60).getFirst();
            try (Socket socket = new Socket(target.getHost(), target.getPort())) {
                socket.getOutputStream().write(call.wire());
                socket.getOutputStream().flush();
                Thread.sleep(random.nextInt(20));
                count.incrementAndGet();
                Thread.sleep(HANG_UP_EVERY);
            } catch (IOException e) {
                // The worker is full or gone; the other connections count that.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
