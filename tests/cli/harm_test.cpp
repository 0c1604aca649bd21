// Names that want to command a terminal: of a configuration somebody copied, of a daemon somebody made. Through the
// real programs.
#include "tests/cli/demo_shop.hpp"

#include <catch2/catch.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <thread>

using namespace baytime::support;

namespace {

/// No control character but the newline, none of the C1 range, no mark of direction.
bool commands_nothing(const std::string& text) {
    const bool controls =
        std::ranges::any_of(text, [](unsigned char c) { return (c < ' ' && c != '\n') || c == 0x7f; });
    bool others = false;
    for (unsigned c1 = 0x80; c1 < 0xa0; ++c1) others |= text.find({'\xc2', static_cast<char>(c1)}) != std::string::npos;
    for (const char* mark : {"\u202a", "\u202e", "\u2066", "\u200f"}) others |= text.find(mark) != std::string::npos;
    return !controls && !others;
}

/// A title, a clear screen, a C1 colour and a mark of direction, as they are and as JSON and TOML spell them.
constexpr std::string_view harm = "\x1b]0;evil\x07\x1b[2J\u009b31m\u202e";
constexpr std::string_view harm_spelt = "\\u001b]0;evil\\u0007\\u001b[2J\\u009b31m\\u202e";
/// Stands in names of the shop, and becomes harm on the way.
constexpr std::string_view seed = "HARM";

/// A daemon that sends what no daemon of ours would: ours, with a relay that puts harm where the seed stands. One
/// connection after another.
class HarmfulDaemon {
public:
    explicit HarmfulDaemon(const std::string& port) : port_(port), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in here = loopback(0);
        socklen_t size = sizeof here;
        REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&here), size) == 0);
        REQUIRE(::listen(listener_, 8) == 0);
        REQUIRE(::getsockname(listener_, reinterpret_cast<sockaddr*>(&here), &size) == 0);
        own_port_ = std::to_string(ntohs(here.sin_port));
        relay_ = std::thread([this] {
            for (int client = ::accept(listener_, nullptr, nullptr); client >= 0;
                 client = ::accept(listener_, nullptr, nullptr))
                relay(client);
        });
    }
    ~HarmfulDaemon() {
        ::shutdown(listener_, SHUT_RDWR);  // accept() ends with that
        relay_.join();
        ::close(listener_);
    }
    HarmfulDaemon(const HarmfulDaemon&) = delete;
    HarmfulDaemon& operator=(const HarmfulDaemon&) = delete;

    const std::string& port() const { return own_port_; }

private:
    static sockaddr_in loopback(int port) {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_port = htons(static_cast<std::uint16_t>(port));
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return place;
    }
    static std::string harmful(std::string line) {
        const auto with = line.starts_with('{') ? harm_spelt : harm;
        for (auto at = line.find(seed); at != std::string::npos; at = line.find(seed, at + with.size()))
            line.replace(at, seed.size(), with);
        return line;
    }
    void relay(int client) const {
        const int daemon = ::socket(AF_INET, SOCK_STREAM, 0);
        const sockaddr_in there = loopback(std::stoi(port_));
        std::array<pollfd, 2> both{{{client, POLLIN, 0}, {daemon, POLLIN, 0}}};
        std::array<char, 4096> piece{};
        std::string line;
        bool open = ::connect(daemon, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0;
        while (open && ::poll(both.data(), both.size(), -1) > 0) {
            const bool asks = both[0].revents != 0;
            const auto count = ::recv(asks ? client : daemon, piece.data(), piece.size(), 0);
            open = count > 0;
            if (!open) break;
            if (asks) {
                ::send(daemon, piece.data(), static_cast<std::size_t>(count), MSG_NOSIGNAL);
                continue;
            }
            line.append(piece.data(), static_cast<std::size_t>(count));
            for (auto end = line.find('\n'); end != std::string::npos; end = line.find('\n')) {
                const auto said = harmful(line.substr(0, end + 1));
                ::send(client, said.data(), said.size(), MSG_NOSIGNAL);
                line.erase(0, end + 1);
            }
        }
        ::close(client);
        ::close(daemon);
    }

    std::string port_, own_port_;
    int listener_ = -1;
    std::thread relay_;
};

}  // namespace

TEST_CASE("a terminal obeys no name, whatever daemon sends it", "[harm]") {
    const DemoShop shop("60",
                        {{"name = \"李伟\"", "name = \"李HARM伟\""}, {"name = \"城西服务站\"", "name = \"城HARM\""}});
    const auto cars = {std::vector<std::string>{"receive", "R1", "plate=沪A12345", "model=xHARM", "type=repair",
                                                "promise=+60", "as=201"},
                       {"assign", "R1", "bay=1", "as=301"},
                       {"start", "R1", "as=101"}};
    for (const auto& words : cars) REQUIRE(shop.baytime(words).status == 0);
    const HarmfulDaemon daemon(shop.port());
    const auto ask = [&](std::vector<std::string> words, const std::string& input = "") {
        words.insert(words.begin(), {baytime::support::built("board/cli/baytime"), "--port", daemon.port()});
        return DemoShop::run_plain(words, shop.path("stderr"), input);
    };
    for (const auto& words :
         std::vector<std::vector<std::string>>{{"top", "--once", "--columns", "100", "--rows", "40"},
                                               {"--lang", "zh", "top", "--once"},
                                               {"jobs"},
                                               {"bays"},
                                               {"bays", "--json"},
                                               {"show", "R1"},
                                               {"history", "R1"},
                                               {"hello", "staff=101"},
                                               {"health"},
                                               {"token", "list"},
                                               {"audit", "--as", "601"},
                                               {"report", "utilisation", "--month", "2026-11"},
                                               {"receive", "R2", "model=\x1b[2J"},
                                               {"no\x1b[2Jverb"}}) {
        const auto ran = ask(words);
        CAPTURE(words.front(), ran.out, ran.error);
        CHECK(commands_nothing(ran.out));
        CHECK(commands_nothing(ran.error));
        CHECK((ran.out + ran.error).size() > 1);
        CHECK(ran.status < 3);
    }
    CHECK(ask({"hello", "staff=101"}).out.find("李\uFFFD") != std::string::npos);
    CHECK(commands_nothing(ask({"raw"}, "hello staff=101\nping\n").out));
    CHECK(commands_nothing(DemoShop::read(shop.path("daemon.log"))));
}

TEST_CASE("a configuration whose names command a terminal is refused, and shown without harm", "[harm]") {
    const TempDir directory;
    const auto path = (directory.path() / "shop.toml").string();
    std::ofstream(path) << "[shop]\nname = \"城" << harm_spelt << "\"\n";
    const auto ran =
        DemoShop::run_plain({baytime::support::built("board/daemon/baytimed"), "--config", path, "--check-config"},
                            directory.path() / "stderr");
    CHECK(ran.status == 1);
    CHECK(ran.error.find("\"name\" holds a character that no text may hold [bad-text]") != std::string::npos);
    CHECK(commands_nothing(ran.error));
}

TEST_CASE("a client that sends what a terminal would obey is refused, and nothing of it is kept", "[harm]") {
    const DemoShop shop;
    const std::string call = R"({"jsonrpc":"2.0","id":1,"method":"receive","params":{"order":"R1","plate":"沪A12345",)"
                             R"("model":"x\u001b[2J","type":"repair","promise":"+60","as":"201"}})";
    const auto ran = shop.baytime({"raw"}, call + "\n");
    CAPTURE(ran.out);
    CHECK(ran.out.find("\"bad-value\"") != std::string::npos);
    CHECK(shop.baytime({"show", "R1"}).status == 1);
}
