// Half-open peers: the wire drops everything and nobody is told. The daemon lets go of who vanished within its stated
// time, the lounge says that its rows are old, and when packets pass again everything is as it should be, once.
// BAYTIME_CUT_MINUTES makes the long cut longer (tests/soak/half_open).
#include "board/daemon/session.hpp"
#include "board/store/journal.hpp"
#include "tests/network/cut_wire.hpp"
#include "tests/support/daemon_process.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temp_dir.hpp"

#include <poll.h>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iterator>

using namespace baytime;
using namespace baytime::support;
using namespace std::chrono_literals;
namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

/// From the last byte that came through: the daemon's limit, and the interval of the kernel's last probe.
constexpr auto let_go_within = daemon::dead_peer + 15s;
/// The lounge takes a silent daemon for dead after 40 s, and tries again every few seconds.
constexpr auto lounge_patience = 90s;

bool until(const std::function<bool()>& reached, std::chrono::milliseconds longest) {
    constexpr int look_again_ms = 100;
    const auto end = std::chrono::steady_clock::now() + longest;
    while (!reached()) {
        if (std::chrono::steady_clock::now() > end) return false;
        ::poll(nullptr, 0, look_again_ms);
    }
    return true;
}

/// What baytimed --hash-token prints.
std::string hash_of(const std::string& token) {
    Process hashing({DaemonProcess::program(), "--hash-token"});
    hashing.write(token + "\n");
    return hashing.line().value_or("");
}

const std::string desk_token = "desk-token-of-the-test-1234567", screen_token = "screen-token-of-the-test-1234567";

std::string device(const char* id, const char* kind, const std::string& token) {
    return std::string("[[device]]\nid = \"") + id + "\"\nkind = \"" + kind + "\"\ntoken_hash = \"" + hash_of(token) +
           "\"\n";
}

std::string receive(const std::string& order) {
    return "receive " + order + " plate=沪A12345 model=x type=repair promise=11:00 as=301 key=key-of-" + order;
}

/// Daemon on one side, screen and clients on the other.
class TwoPlaces {
public:
    TwoPlaces() {
        const auto config = write_shop(
            dir_.path(), device("desk-1", "station", desk_token) + device("screen-1", "display", screen_token),
            "address = \"127.0.0.1\"",
            std::string("plain_on_network = true\naddress = \"") + CutWire::shop_address + "\"");
        wire_.in_shop([&] { daemon_.emplace(config); });
        wire_.in_shop([&] { desk_.emplace(connect()); });
        const std::vector<std::string> board = {support::built("display-drivers/lounge/baytime-lounge"),
                                                "--host",
                                                CutWire::shop_address,
                                                "--port",
                                                daemon_->port(),
                                                "--token",
                                                screen_token,
                                                "--size",
                                                "1280x720",
                                                "--report",
                                                report_path()};
        wire_.in_lounge([&] {
            screen_.emplace(board, std::vector<std::string>{"SDL_VIDEODRIVER=dummy", "SDL_AUDIODRIVER=dummy"},
                            (dir_.path() / "lounge.log").string());
        });
    }

    const CutWire& wire() const { return wire_; }
    client::Client& desk() { return *desk_; }
    DaemonProcess& daemon() { return *daemon_; }
    fs::path journal() const { return dir_.path() / "journal.db"; }
    client::Client from_lounge() const {
        std::optional<client::Client> out;
        wire_.in_lounge([&] { out.emplace(connect()); });
        return std::move(*out);
    }
    std::size_t connections() { return number_in(ask(*desk_, "health"), " connections="); }
    std::size_t descriptors() const {
        const fs::path open = "/proc/" + std::to_string(daemon_->id()) + "/fd";
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(open), {}));
    }
    /// The lounge shows the daemon's newest state as present.
    bool screen_is_current() {
        const auto seq = number_in(ask(*desk_, "ping"), " seq=");
        const auto shown = report();
        return shown.contains("seq") && !shown.at("stale").as_bool() && shown.at("seq").to_number<std::size_t>() == seq;
    }
    bool screen_is_stale() const {
        const auto shown = report();
        return shown.contains("stale") && shown.at("stale").as_bool();
    }

private:
    static std::size_t number_in(const std::string& reply, const std::string& mark) {
        const auto at = reply.find(mark);
        if (at == std::string::npos) throw std::runtime_error(reply);
        return std::stoul(reply.substr(at + mark.size()));
    }
    client::Client connect() const {
        auto out = client::Client::connect(CutWire::shop_address, daemon_->port(), daemon_deadline);
        if (!ask(out, "hello token=" + desk_token).starts_with("OK ")) throw std::runtime_error("no hello");
        return out;
    }
    std::string report_path() const { return (dir_.path() / "board.json").string(); }
    json::object report() const {
        boost::system::error_code failed;
        const auto value = json::parse(file_text(report_path()), failed);
        return !failed && value.is_object() ? value.as_object() : json::object{};
    }

    TempDir dir_;
    CutWire wire_;
    std::optional<DaemonProcess> daemon_;
    std::optional<Process> screen_;
    std::optional<client::Client> desk_;
};

/// Waits for a line with this text on a connection that watches.
void await(client::Client& watcher, const std::string& text) {
    while (watcher.wait_line(daemon_deadline).find(text) == std::string::npos) continue;
}

std::chrono::minutes longer_cut() {
    const char* minutes = std::getenv("BAYTIME_CUT_MINUTES");
    return std::chrono::minutes{minutes == nullptr ? 0 : std::atoi(minutes)};
}

/// How often the order was received.
int received(const fs::path& journal, const std::string& order) {
    const auto history = store::Journal::open_to_read(journal.string())->history(order, 100);
    return static_cast<int>(std::ranges::count_if(
        history, [](const Event& event) { return std::holds_alternative<Received>(event.fact); }));
}

}  // namespace

TEST_CASE("after a short hole in the network nothing is lost and nobody has to connect again", "[network]") {
    TwoPlaces places;
    auto worker = places.from_lounge(), watcher = places.from_lounge();
    REQUIRE(ask(watcher, "watch workshop").starts_with("OK "));
    REQUIRE(until([&] { return places.screen_is_current(); }, lounge_patience));
    const auto before = places.connections();
    places.wire().cut();
    worker.send(receive("R1"));
    REQUIRE(ask(places.desk(), receive("R2")).starts_with("OK order=R2 "));
    CHECK(places.connections() == before);
    places.wire().heal();
    CHECK(worker.wait_line(daemon_deadline).starts_with("OK order=R1 "));
    await(watcher, "R2");
    CHECK(until([&] { return places.screen_is_current(); }, lounge_patience));
    CHECK(places.connections() == before);
    CHECK(received(places.journal(), "R1") == 1);
}

TEST_CASE("peers that vanished are let go in the stated time, and all is well again when the network is", "[network]") {
    TwoPlaces places;
    REQUIRE(until([&] { return places.screen_is_current(); }, lounge_patience));
    const auto screen_only = places.connections(), descriptors = places.descriptors();
    auto worker = places.from_lounge(), watcher = places.from_lounge(), idle = places.from_lounge(),
         half = places.from_lounge();
    REQUIRE(ask(watcher, "watch workshop").starts_with("OK "));
    REQUIRE(ask(watcher, "watch events").starts_with("OK "));
    CHECK(places.connections() == screen_only + 4);

    places.wire().cut();
    const auto began = std::chrono::steady_clock::now();
    worker.send(receive("R1"));
    REQUIRE(ask(places.desk(), receive("R2")).starts_with("OK order=R2 "));
    CHECK(until([&] { return places.connections() == 1; }, let_go_within));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    CHECK(places.descriptors() == descriptors - 1);  // without the screen's
    CHECK(until([&] { return places.screen_is_stale(); }, lounge_patience));
    until([] { return false; }, longer_cut());
    REQUIRE(ask(places.desk(), receive("R3")).starts_with("OK order=R3 "));

    places.wire().heal();
    CHECK(until([&] { return places.screen_is_current(); }, lounge_patience));
    std::string broken;
    try {
        while (broken.empty()) worker.wait_line(daemon_deadline);
    } catch (const std::runtime_error& gone) {
        broken = gone.what();
    }
    CHECK_FALSE(broken.empty());
    auto again = places.from_lounge();
    CHECK(ask(again, receive("R1")).starts_with("OK order=R1 "));
    CHECK(ask(again, receive("R1")).starts_with("OK order=R1 "));
    CHECK(received(places.journal(), "R1") == 1);
    CHECK(places.daemon().stop() == 0);
    WARN("the daemon let go of five vanished peers after " << took.count()
                                                           << " s; stated: " << daemon::dead_peer.count() << " s");
}
