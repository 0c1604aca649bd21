#include "tests/soak/shop.hpp"

#include "tests/support/daemon_process.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/sign_faults.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <fmt/format.h>

#include <algorithm>
#include <csignal>

namespace baytime::soak {

namespace {

using namespace std::chrono_literals;

constexpr auto start_patience = 60s;
/// What deaths cost in shop time comes on top: after each the clock goes on from the newest entry.
constexpr double for_deaths = 1.2;
/// The configuration takes no more: a run of less than half a minute plays less than a day.
constexpr double fastest = 3600;
/// Between two commands of one person, in milliseconds of real time: twenty people make about a hundred a second.
constexpr int rest_ms = 150;
/// Before what was refused for now is said again.
constexpr int again_ms = 100;

/// The daemon comes back at the same port after each death, so it is chosen here.
std::string free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    auto* any = reinterpret_cast<sockaddr*>(&place);
    const bool good = ::bind(socket, any, size) == 0 && ::getsockname(socket, any, &size) == 0;
    ::close(socket);
    if (!good) throw std::runtime_error("no free port");
    return std::to_string(ntohs(place.sin_port));
}

std::string signs_toml(const fs::path& lines, std::vector<std::string>& names) {
    std::string out;
    int bay = 0;
    for (const auto& family : support::sign_families) {
        const auto name = std::string(family.name);
        auto sign = support::hung(family, name, std::to_string(++bay));
        // A display of digits has no room for an order's number.
        if (name == "modbus-digits")
            sign.texts = "state = \"1\"\nready = \"2\"\nidle = \"0\"\nstale = \"9\"\nneutral = \"\"\n";
        names.push_back(name);
        out +=
            fmt::format("[[sign]]\nname = \"{}\"\ndriver = \"{}\"\nbay = \"{}\"\nport = \"pty:{}\"\n{}[sign.text]\n{}",
                        sign.name, sign.driver, sign.bay, (lines / name).string(), sign.place, sign.texts);
        if (!sign.options.empty()) out += "[sign.options]\n" + sign.options;
    }
    return out;
}

std::string program(const char* path) {
    return baytime::support::built(path);
}

}  // namespace

House::House(fs::path directory, double minutes) : directory_(std::move(directory)), port_(free_port()) {
    fs::create_directories(directory_ / "lines");
    const auto speed = fmt::format("speed = {:.1f}", std::min(fastest, for_deaths * shop_hours * 60 / minutes));
    auto more = support::bays_and_hands(workers) + signs_toml(directory_ / "lines", sign_names_);
    support::write_shop(directory_, more, "speed = 0", speed);
    auto text = support::file_text(config());
    text.replace(text.find("port = 0"), 8, "port = " + port_);
    std::ofstream(config(), std::ios::binary) << text;
    const auto report = (directory_ / "signs.json").string();
    signs_ =
        std::make_unique<support::Process>(std::vector<std::string>{program("display-drivers/signs/baytime-signsim"),
                                                                    "--config", config(), "--report", report},
                                           std::vector<std::string>{}, (directory_ / "signs.log").string());
    const auto end = std::chrono::steady_clock::now() + start_patience;
    while (!fs::exists(report) && std::chrono::steady_clock::now() < end) ::poll(nullptr, 0, 50);
    start_daemon();
    start_lounge();
    for (int number = 1; number <= workers; ++number) people_.emplace_back(place(), number);
}

House::~House() {
    end_work();
}

void House::start_daemon() {
    daemon_ = std::make_unique<support::Process>(
        std::vector<std::string>{program("board/daemon/baytimed"), "--config", config()}, std::vector<std::string>{},
        log().string());
    const auto line = daemon_->line(start_patience);
    if (!line || !line->starts_with("listening on "))
        throw std::runtime_error("baytimed did not start; see " + log().string());
}

void House::start_lounge() {
    lounge_ = std::make_unique<support::Process>(
        std::vector<std::string>{program("display-drivers/lounge/baytime-lounge"), "--port", port_, "--size",
                                 "1280x720", "--report", (directory_ / "board.json").string()},
        std::vector<std::string>{"SDL_VIDEODRIVER=dummy", "SDL_AUDIODRIVER=dummy"},
        (directory_ / "lounge.log").string());
}

void House::expect_alive(std::unique_ptr<support::Process>& one, const std::string& name) {
    try {
        surprises_.push_back(fmt::format("{} ended by itself with {}", name, one->wait(0ms)));
    } catch (const std::runtime_error&) {
        return;  // it has not ended
    }
}

void House::kill_daemon() {
    expect_alive(daemon_, "baytimed");
    daemon_.reset();
}

void House::kill_lounge() {
    expect_alive(lounge_, "baytime-lounge");
    lounge_.reset();
}

void House::stop_daemon() {
    daemon_->signal(SIGTERM);
    try {
        if (const int status = daemon_->wait(start_patience); status != 0)
            surprises_.push_back(fmt::format("baytimed ended with {} when it was told to stop", status));
    } catch (const std::runtime_error&) {
        surprises_.emplace_back("baytimed did not stop");
    }
    daemon_.reset();
}

support::WorkPlace House::place() {
    return {.connect = [this]() -> std::optional<client::Client> {
                while (!ended_) {
                    try {
                        return client::Client::connect("127.0.0.1", port_, 5s);
                    } catch (const std::exception&) {
                        ::poll(nullptr, 0, again_ms);
                    }
                }
                return std::nullopt;
            },
            .ended = [this] { return bool(ended_); },
            .acknowledged = [this] { ++acknowledged_; },
            .rest = [] { ::poll(nullptr, 0, rest_ms); },
            .try_again = [] { ::poll(nullptr, 0, again_ms); }};
}

void House::begin_work() {
    for (auto& person : people_) threads_.emplace_back([&person] { person.run(); });
}

void House::end_work() {
    ended_ = true;
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

std::vector<std::string> House::surprises() const {
    auto out = surprises_;
    for (const auto& person : people_) {
        if (!person.refused().empty()) out.push_back(person.refused());
    }
    return out;
}

std::string House::ask(const std::string& line) const {
    try {
        auto client = client::Client::connect("127.0.0.1", port_, 10s);
        return support::ask(client, line);
    } catch (const std::exception&) {
        return {};
    }
}

std::string House::disagreement() const {
    const auto workday = (directory_ / "workday.json").string();
    std::ofstream(workday) << "{\"acknowledged\":" << acknowledged_ << ",\"errors\":0}";
    // A sign that was silent is asked again after a minute at most; refreshing takes half of one.
    support::Process agree({program("deploy/workday/baytime-agree"), "--daemon", program("board/daemon/baytimed"),
                            "--config", config(), "--board", (directory_ / "board.json").string(), "--glass",
                            (directory_ / "signs.json").string(), "--workday", workday, "--within", "150"},
                           {}, (directory_ / "agree.log").string());
    const auto said = agree.rest(200s);
    return said.find("journal agree") != said.npos ? "" : said + support::file_text(directory_ / "agree.log");
}

int bare_connection(const std::string& port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    place.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0) return socket;
    ::close(socket);
    return -1;
}

}  // namespace baytime::soak
