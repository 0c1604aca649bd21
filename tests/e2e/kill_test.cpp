// Power cuts: the daemon is killed at random moments while 20 clients work, each with keys and retries.
#include "board/client/client.hpp"
#include "board/core/views.hpp"
#include "board/store/journal.hpp"
#include "protocol/json.hpp"
#include "tests/support/daemon_process.hpp"
#include "tests/support/effort.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/worker.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <random>
#include <thread>

using namespace baytime;
using namespace std::chrono_literals;

namespace {

constexpr int clients = 20;
constexpr int kills = support::effort(200);
constexpr unsigned seed = 20261121;

/// Where the daemon listens now, and how much it has acknowledged: what clients and killer share.
class Arena {
public:
    void open(const std::string& port) {
        const std::lock_guard guard(lock_);
        port_ = port;
        ++generation_;
        changed_.notify_all();
    }
    void end() {
        const std::lock_guard guard(lock_);
        ended_ = true;
        changed_.notify_all();
    }
    /// What a worker needs; each waits for a daemon newer than the one it knew.
    support::WorkPlace place() {
        return {.connect = [this, known = 0]() mutable { return connect(known); },
                .ended = [this] { return bool(ended_); },
                .acknowledged = [this] { acknowledged(); }};
    }
    void acknowledged() {
        const std::lock_guard guard(lock_);
        ++acknowledged_;
        changed_.notify_all();
    }
    bool await_acknowledged(long more) {
        std::unique_lock guard(lock_);
        const long wanted = acknowledged_ + more;
        return changed_.wait_for(guard, 60s, [&] { return acknowledged_ >= wanted; });
    }
    long count() const { return acknowledged_; }

private:
    std::optional<client::Client> connect(int& known) {
        std::string port;
        {
            std::unique_lock guard(lock_);
            changed_.wait(guard, [&] { return ended_ || generation_ > known; });
            known = generation_;
            port = port_;
        }
        if (ended_) return std::nullopt;
        return client::Client::connect("127.0.0.1", port, 5s);
    }

    std::mutex lock_;
    std::condition_variable changed_;
    std::string port_;
    int generation_ = 0;
    std::atomic<bool> ended_ = false;
    std::atomic<long> acknowledged_ = 0;
};

}  // namespace

TEST_CASE("a daemon killed 200 times under load loses no acknowledged command and books none twice", "[kill]") {
    const support::TempDir directory;
    const auto config = support::write_shop(directory.path(), support::bays_and_hands(clients));
    std::mt19937 random(seed);
    Arena arena;
    std::optional<support::DaemonProcess> daemon(config);
    arena.open(daemon->port());
    std::vector<support::Worker> workers;
    for (int number = 1; number <= clients; ++number) workers.emplace_back(arena.place(), number);
    std::vector<std::thread> threads;
    for (auto& worker : workers) threads.emplace_back([&worker] { worker.run(); });

    int killed = 0;
    bool alive = true;
    for (; alive && killed < kills; ++killed) {
        alive = arena.await_acknowledged(std::uniform_int_distribution<long>(0, 60)(random));
        daemon->kill();
        daemon.emplace(config);
        arena.open(daemon->port());
    }
    alive = alive && arena.await_acknowledged(200);
    arena.end();
    for (auto& thread : threads) thread.join();
    CAPTURE(seed, killed, arena.count());
    for (const auto& worker : workers) CHECK(worker.refused() == "");
    REQUIRE(alive);

    // What the living daemon believes ...
    auto asking = daemon->connect();
    asking.send(R"({"jsonrpc":"2.0","id":1,"method":"watch","params":{"view":"workshop"}})");
    std::optional<protocol::json::object> snapshot;
    while (!snapshot) {
        const auto message = protocol::json::parse(asking.wait_line(10s)).as_object();
        if (message.contains("method") && message.at("method").as_string() == "view") {
            snapshot = message.at("params").as_object();
        }
    }
    CHECK(daemon->stop() == 0);

    // ... is what its journal replays to, and that holds exactly what was acknowledged.
    const auto journal =
        store::Journal::open((directory.path() / "journal.db").string(), (directory.path() / "backups").string());
    CHECK(journal->opening().damaged == "");
    Board board;
    journal->read(0, [&](const Event& event) {
        apply(board, event);
        return true;
    });
    CHECK(support::differences(*journal, workers) == std::vector<std::string>{});
    Instant now{};
    protocol::read_json(snapshot->at("clock").at("now"), now);
    CHECK(protocol::to_json(workshop_view(board, support::shop_of(clients), now)) == snapshot->at("data"));
    WARN("killed " << killed << " times; " << arena.count() << " commands acknowledged, " << board.seq << " events");
}
