// The real programs over TLS: the command line and the lounge board trust one certificate and no other.
#include "tests/support/secure.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

using namespace baytime::support;
namespace fs = std::filesystem;

namespace {

struct Ran {
    int status = -1;
    std::string out{}, error{};
};

class Owner {
public:
    explicit Owner(const fs::path& home) : home_(home) {}
    Ran run(std::vector<std::string> arguments) const {
        const auto error = (home_ / "stderr").string();
        fs::remove(error);
        Process process(std::move(arguments),
                        {"HOME=" + home_.string(), "XDG_CONFIG_HOME=", "LANG=C.UTF-8", "LC_ALL=C.UTF-8",
                         "SDL_VIDEODRIVER=dummy", "SDL_AUDIODRIVER=dummy"},
                        error);
        Ran ran;
        ran.out = process.rest(daemon_deadline);
        ran.status = process.wait(daemon_deadline);
        ran.error = file_text(error);
        return ran;
    }
    Ran baytime(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), baytime::support::built("board/cli/baytime"));
        return run(std::move(arguments));
    }

private:
    fs::path home_;
};

}  // namespace

TEST_CASE("the command line remembers the first certificate, refuses another, and forgets when told", "[secure]") {
    const TempDir directory;
    const Owner owner(directory.path());
    const auto config = secure_shop(directory.path());
    std::string port, place;
    {
        DaemonProcess daemon(config);
        const auto door = TlsDoor::of(daemon);
        port = door.port;
        place = "127.0.0.1:" + port;
        const auto first = owner.baytime({"--tls", "--port", port, "ping"});
        CHECK(first.status == 0);
        CHECK(first.error.find("first visit to " + place + "; its certificate " + door.fingerprint) !=
              std::string::npos);
        const auto second = owner.baytime({"--tls", "--port", port, "bays"});
        CHECK(second.status == 0);
        CHECK(second.error.empty());
        CHECK(owner.baytime({"--port", daemon.port(), "tls"}).out.find("fingerprint  " + door.fingerprint) !=
              std::string::npos);
        CHECK(owner.baytime({"--port", port, "--fingerprint", door.fingerprint, "ping"}).status == 0);
        const auto wrong = owner.baytime({"--port", port, "--fingerprint", std::string(64, 'c'), "ping"});
        CHECK(wrong.status == 1);
        CHECK(wrong.error.find("[fingerprint-changed]") != std::string::npos);
        CHECK(owner.baytime({"--fingerprint", "abc", "ping"}).status == 2);
        const auto wrong_door = owner.baytime({"--port", port, "ping"});
        CHECK(wrong_door.status == 3);
        CHECK(wrong_door.error.find("this is the door for TLS") != std::string::npos);
        CHECK(wrong_door.error.find("baytime --tls") != std::string::npos);
        CHECK(wrong_door.error.find("[needs-tls]") != std::string::npos);
        const auto plain_door = owner.baytime({"--tls", "--port", daemon.port(), "ping"});
        CHECK(plain_door.status == 3);
        CHECK(plain_door.error.find("speaks plain text; take its port for TLS") != std::string::npos);
        CHECK(plain_door.error.find("[no-tls]") != std::string::npos);
        CHECK(daemon.stop() == 0);
    }
    fs::remove(directory.path() / "tls.pem");
    auto text = file_text(config);
    text.replace(text.find("tls_port = 0"), 12, "tls_port = " + port);
    std::ofstream(config) << text;
    DaemonProcess other(config);
    const auto changed = owner.baytime({"--tls", "--port", port, "ping"});
    CHECK(changed.status == 1);
    CHECK(changed.error.find("baytime tls forget " + place) != std::string::npos);
    CHECK(changed.error.find("[fingerprint-changed]") != std::string::npos);
    CHECK(owner.baytime({"tls", "forget", place}).status == 0);
    CHECK(owner.baytime({"--tls", "--port", port, "ping"}).status == 0);
}

TEST_CASE("tokens are made, listed and revoked from the command line while the daemon runs", "[secure]") {
    const TempDir directory;
    const Owner owner(directory.path());
    const auto config = closed_shop(directory.path());
    const auto admin = add_token(config, "admin", "full");
    DaemonProcess daemon(config);
    const auto as_admin = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"--port", daemon.port(), "--token", admin, "--json"});
        return owner.baytime(words);
    };
    const auto made = as_admin({"token", "add", "hall", "display"});
    CAPTURE(made.out, made.error);
    REQUIRE(made.status == 0);
    const auto token = made.out.substr(made.out.find("\"token\":\"") + 9, 32);
    CHECK(as_admin({"token", "list"}).out.find("\"device\":\"hall\"") != std::string::npos);
    const auto door = TlsDoor::of(daemon);
    const auto picture = (directory.path() / "board.png").string();
    const std::vector<std::string> board{baytime::support::built("display-drivers/lounge/baytime-lounge"),
                                         "--port",
                                         door.port,
                                         "--fingerprint",
                                         door.fingerprint,
                                         "--token",
                                         token,
                                         "--size",
                                         "640x360",
                                         "--screenshot",
                                         picture};
    const auto drawn = owner.run(board);
    CAPTURE(drawn.error);
    CHECK(drawn.status == 0);
    CHECK(fs::exists(picture));
    CHECK(as_admin({"token", "revoke", "hall"}).status == 0);
    const auto refused = owner.baytime({"--port", daemon.port(), "--token", token, "ping"});
    CHECK(refused.status == 1);
    CHECK(refused.error.find("[bad-token]") != std::string::npos);
    CHECK(owner.baytime({"--port", daemon.port(), "--token", admin, "token", "add"}).status == 2);
    CHECK(owner.baytime({"--port", daemon.port(), "--token", admin, "token", "x"}).status == 2);
}
