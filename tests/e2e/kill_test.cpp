// Power cuts: the daemon is killed at random moments while 20 clients work, each with keys and retries.
#include "board/client/client.hpp"
#include "board/core/views.hpp"
#include "board/store/journal.hpp"
#include "protocol/json.hpp"
#include "tests/support/daemon_process.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <map>
#include <mutex>
#include <random>
#include <thread>

using namespace baytime;
using namespace std::chrono_literals;

namespace {

constexpr int clients = 20;
constexpr int kills = 200;
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
    bool ended() const { return ended_; }
    /// Waits for a daemon newer than `generation`; empty when the play is over.
    std::string next_port(int& generation) {
        std::unique_lock guard(lock_);
        changed_.wait(guard, [&] { return ended_ || generation_ > generation; });
        generation = generation_;
        return port_;
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
    std::mutex lock_;
    std::condition_variable changed_;
    std::string port_;
    int generation_ = 0;
    std::atomic<bool> ended_ = false;
    std::atomic<long> acknowledged_ = 0;
};

/// One technician with a bay, who works through one order after another.
class Worker {
public:
    Worker(Arena& arena, int number) : stage_(arena), number_(std::to_string(number)) {}

    void run() {
        for (int n = 1; !stage_.ended(); ++n) {
            const std::string order = "K" + number_ + "-" + std::to_string(n);
            const std::string by = " as=T" + number_;
            act(order, "receive",
                " plate=沪A1" + number_ + "K8 model=朗逸 type=maintenance promise=+240 wash=no as=301");
            act(order, "assign", " " + number_ + " as=201");
            act(order, "start", by);
            act(order, "pause", " reason=parts" + by);
            act(order, "start", by);
            act(order, "finish", by);
            act(order, "inspect", " passed as=402");
            act(order, "deliver", " as=301");
        }
    }

    /// What was acknowledged, by order, in order.
    const std::map<std::string, std::vector<std::string>>& acknowledged() const { return acknowledged_; }
    const std::string& refused() const { return refused_; }

private:
    /// Says one command until it is acknowledged: after a broken connection again, with the same key.
    void act(const std::string& order, const std::string& verb, const std::string& rest) {
        if (stage_.ended() || !refused_.empty()) return;
        const std::string line = verb + " " + order + rest + " key=" + order + "-" + std::to_string(++said_);
        std::string answer = "ERR too-many-requests";
        while (answer.starts_with("ERR too-many-requests")) answer = ask(line);
        if (answer.empty()) return;
        if (!answer.starts_with("OK ") || answer.find("changed=yes") == std::string::npos) {
            refused_ = line + " -> " + answer;
            return;
        }
        acknowledged_[order].push_back(verb);
        stage_.acknowledged();
    }

    /// The answer, or nothing when the play ended before one came.
    std::string ask(const std::string& line) {
        while (true) {
            try {
                if (!connection_) {
                    const std::string port = stage_.next_port(generation_);
                    if (stage_.ended()) return {};
                    connection_ = client::Client::connect("127.0.0.1", port, 5s);
                }
                connection_->send(line);
                return connection_->wait_line(30s);
            } catch (const std::exception&) {
                connection_.reset();
            }
        }
    }

    Arena& stage_;
    std::string number_;
    std::optional<client::Client> connection_;
    int generation_ = 0;
    int said_ = 0;
    std::map<std::string, std::vector<std::string>> acknowledged_;
    std::string refused_;
};

const std::map<std::string, std::string> verb_of_fact = {
    {"received", "receive"}, {"assigned", "assign"},   {"started", "start"},    {"paused", "pause"},
    {"finished", "finish"},  {"inspected", "inspect"}, {"delivered", "deliver"}};

/// The shop of the transcripts has three bays; here each client has one of its own, and a technician.
constexpr int first_bays = 3;

std::string more_bays_and_hands() {
    std::string out;
    for (int each = 1; each <= clients; ++each) {
        const std::string id = std::to_string(each);
        out += "[[staff]]\nid = \"T" + id + "\"\nname = \"技师\"\nrole = \"technician\"\n";
        if (each > first_bays) out += "[[bay]]\nid = \"" + id + "\"\nlabel = \"" + id + "号工位\"\nteam = \"A\"\n";
    }
    return out;
}

Shop shop_of_test() {
    Shop shop{.name = "城西服务站"};
    for (int each = 1; each <= clients; ++each) {
        const std::string id = std::to_string(each);
        shop.bays.push_back({.id = id, .label = id + "号工位", .team = "A"});
    }
    return shop;
}

}  // namespace

TEST_CASE("a daemon killed 200 times under load loses no acknowledged command and books none twice", "[kill]") {
    const support::TempDir directory;
    const auto config = support::write_shop(directory.path(), more_bays_and_hands());
    std::mt19937 random(seed);
    Arena arena;
    std::optional<support::DaemonProcess> daemon(config);
    arena.open(daemon->port());
    std::vector<Worker> workers;
    for (int number = 1; number <= clients; ++number) workers.emplace_back(arena, number);
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
    std::map<std::string, std::vector<std::string>> stored;
    journal->read(0, [&](const Event& event) {
        apply(board, event);
        stored[event.order].push_back(verb_of_fact.at(fact_names[event.fact.index()]));
        return true;
    });
    std::map<std::string, std::vector<std::string>> acknowledged;
    for (const auto& worker : workers) {
        acknowledged.insert(worker.acknowledged().begin(), worker.acknowledged().end());
    }
    for (const auto& [order, verbs] : acknowledged) {
        CAPTURE(order);
        const auto& kept = stored[order];
        // A command that was stored but not yet answered when the play ended is no loss.
        REQUIRE(kept.size() >= verbs.size());
        REQUIRE(kept.size() <= verbs.size() + 1);
        CHECK(std::equal(verbs.begin(), verbs.end(), kept.begin()));
    }
    Instant now{};
    protocol::read_json(snapshot->at("clock").at("now"), now);
    CHECK(protocol::to_json(workshop_view(board, shop_of_test(), now)) == snapshot->at("data"));
    WARN("killed " << killed << " times; " << arena.count() << " commands acknowledged, " << board.seq << " events");
}
