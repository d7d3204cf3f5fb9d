// ONNX Runtime in C++: POST /embed, GET /health and GET /info.
//
// MODEL is the folder of a converted model, ORT_DYLIB_PATH the library; WORKERS calls of the encoder run at once, each with THREADS
// threads. The batches of a request, which are of texts of like length, are spread over the workers.

#include <httplib.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

#include "batch.hpp"
#include "onnxruntime.hpp"
#include "pool.hpp"
#include "wordpiece.hpp"

namespace {

constexpr std::size_t most_texts = 10'000;
constexpr std::size_t most_bytes = 64 << 20;
/// A connection has a thread for as long as it lives.
constexpr std::size_t most_connections = 512;

std::string variable(const char* name, const std::string& usual = "") {
    const char* value = std::getenv(name);
    return value ? value : usual;
}

std::string body_of(const std::vector<Vector>& vectors, std::size_t dimension) {
    std::string body = "{\"embeddings\":[";
    body.reserve(vectors.size() * dimension * 13 + 64);
    std::array<char, 32> number{};
    for (const Vector& vector : vectors) {
        body += body.back() == '[' ? "[" : ",[";
        for (float value : vector) {
            if (body.back() != '[') {
                body += ',';
            }
            body.append(number.data(), std::to_chars(number.data(), number.data() + number.size(), value).ptr);
        }
        body += ']';
    }
    return body + "],\"dimension\":" + std::to_string(dimension) + "}";
}

void fail(httplib::Response& response, int status, const std::string& detail) {
    response.status = status;
    response.set_content(nlohmann::json{{"detail", detail}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                         "application/json");
}

std::vector<Vector> vectors_of(const std::vector<std::string>& texts, const WordPiece& tokenizer, Pool& pool) {
    std::vector<Ids> rows;
    rows.reserve(texts.size());
    for (const std::string& text : texts) {
        rows.push_back(tokenizer.ids(text));
    }
    auto batches = batches_of(rows);
    std::vector<std::future<std::vector<Vector>>> answers;
    for (const auto& places : batches) {
        answers.push_back(pool.submit(Batch(rows, places)));
    }
    std::vector<Vector> vectors(rows.size());
    for (std::size_t i = 0; i < batches.size(); i++) {
        auto part = answers[i].get();
        for (std::size_t j = 0; j < part.size(); j++) {
            vectors[batches[i][j]] = std::move(part[j]);
        }
    }
    return vectors;
}

void run() {
    std::filesystem::path folder = variable("MODEL");
    auto settings = nlohmann::json::parse(std::ifstream(folder / "model.json"));
    int workers = std::stoi(variable("WORKERS", std::to_string(std::thread::hardware_concurrency())));
    int threads = std::stoi(variable("THREADS", "1"));
    WordPiece tokenizer(folder / "tokenizer.json", settings.at("max_seq_length"));
    OnnxRuntime runtime(variable("ORT_DYLIB_PATH"));
    // Calls of a session share its threads: where they have any, each call gets a session of its own.
    std::vector<std::unique_ptr<OnnxRuntime::Session>> sessions;
    std::vector<Pool::Encode> encoders;
    for (int i = 0; i < workers; i++) {
        if (sessions.empty() || threads > 1) {
            sessions.push_back(std::make_unique<OnnxRuntime::Session>(runtime, folder / "onnx/model.onnx", threads));
        }
        encoders.emplace_back([session = sessions.back().get()](const Batch& batch) { return session->vectors(batch); });
    }
    Pool pool(std::move(encoders));
    std::size_t dimension = vectors_of({"a first text"}, tokenizer, pool)[0].size();

    httplib::Server server;
    nlohmann::json info{{"framework", "onnxruntime-cpp"}, {"version", runtime.version()}, {"model", settings.at("id")},
                        {"dimension", dimension},         {"workers", workers},           {"threads", threads}};
    server.Get("/health", [](const auto&, auto& response) { response.set_content(R"({"status":"ok"})", "application/json"); });
    server.Get("/info", [&](const auto&, auto& response) { response.set_content(info.dump(), "application/json"); });
    server.Post("/embed", [&](const httplib::Request& request, httplib::Response& response) {
        std::vector<std::string> texts;
        try {
            nlohmann::json::parse(request.body).at("texts").get_to(texts);
        } catch (const nlohmann::json::exception& e) {
            return fail(response, 400, e.what());
        }
        if (texts.empty() || texts.size() > most_texts) {
            return fail(response, 422, "texts must have 1 to " + std::to_string(most_texts) + " texts");
        }
        try {
            response.set_content(body_of(vectors_of(texts, tokenizer, pool), dimension), "application/json");
        } catch (const std::exception& e) {
            fail(response, 500, e.what());
        }
    });
    server.new_task_queue = [] { return new httplib::ThreadPool(most_connections); };
    server.set_keep_alive_max_count(std::numeric_limits<std::size_t>::max());
    server.set_keep_alive_timeout(75);
    server.set_payload_max_length(most_bytes);
    server.set_tcp_nodelay(true);
    if (!server.listen(variable("PHI_HTTP_HOST", "127.0.0.1"), std::stoi(variable("PHI_HTTP_PORT", "8080")))) {
        throw std::runtime_error("cannot listen");
    }
}

}  // namespace

int main() {
    try {
        run();
    } catch (const std::exception& e) {
        std::cerr << e.what() << '\n';
        return 1;
    }
}
