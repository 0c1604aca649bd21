// baytime sign: every example of its manual runs; a simulated sign is tested, traced and played to.
#include "board/cli/sign_record.hpp"
#include "board/cli/trouble.hpp"
#include "tests/cli/demo_shop.hpp"
#include "tests/support/paths.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

namespace json = boost::json;
using namespace baytime;
using namespace baytime::support;

namespace {

const std::string program = baytime::support::built("board/cli/baytime");

struct Example {
    std::string command, expected;
};

/// The sessions of the manual: `$ ` begins a command, `! ` what goes to standard error.
std::vector<Example> examples() {
    std::ifstream file(baytime::support::source("board/cli/baytime-sign.1.md"));
    std::vector<Example> out;
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("```")) {
            inside = line == "```session";
        } else if (inside && line.starts_with("$ ")) {
            out.push_back({line.substr(2), ""});
        } else if (inside) {
            out.back().expected += (line.starts_with("! ") ? line.substr(2) : line) + "\n";
        }
    }
    return out;
}

/// `*` stands for anything on a line.
bool matches(std::string_view text, std::string_view form) {
    const auto star = form.find('*');
    if (star == std::string_view::npos) return text == form;
    if (!text.starts_with(form.substr(0, star))) return false;
    const auto rest = form.substr(star + 1);
    for (std::size_t at = star; at <= text.size(); ++at) {
        if (matches(text.substr(at), rest)) return true;
    }
    return false;
}

/// A sign on a pseudo-terminal, played by the real simulator.
class PlayedSign {
public:
    explicit PlayedSign(const std::filesystem::path& folder = {}, const std::string& sign = "bay-1:alpha:80x7")
        : folder_(folder.empty() ? dir_.path() : folder),
          sim_({baytime::support::built("display-drivers/signs/baytime-signsim"), "--sign", sign, "--dir",
                folder_.string(), "--report", (dir_.path() / "report").string()},
               {}, (dir_.path() / "log").string()) {
        REQUIRE(reports("bay-1"));
    }
    std::string port() const { return "pty:" + (folder_ / "bay-1").string(); }
    std::string report() const { return DemoShop::read(dir_.path() / "report"); }
    const TempDir& dir() const { return dir_; }
    /// Until the report says so, at most twenty seconds.
    bool reports(const std::string& text) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (report().find(text) == std::string::npos) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            sim_.line(std::chrono::milliseconds(20));  // it has nothing to say; this waits
        }
        return true;
    }

private:
    TempDir dir_;
    std::filesystem::path folder_;
    Process sim_;
};

/// A pseudo-terminal with nobody at its other end.
class QuietLine {
public:
    QuietLine() : master_(::posix_openpt(O_RDWR | O_NOCTTY)) {
        REQUIRE(::grantpt(master_) == 0);
        REQUIRE(::unlockpt(master_) == 0);
    }
    ~QuietLine() { ::close(master_); }
    QuietLine(const QuietLine&) = delete;
    QuietLine& operator=(const QuietLine&) = delete;
    std::string path() const { return ::ptsname(master_); }

private:
    int master_;
};

DemoShop::Ran run(const TempDir& dir, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {program, "sign"});
    return DemoShop::run_plain(arguments, dir.path() / "stderr");
}

}  // namespace

TEST_CASE("every example of the sign manual does what the manual shows", "[cli][sign]") {
    const TempDir dir;
    const auto all = examples();
    REQUIRE(all.size() > 8);
    for (const auto& example : all) {
        CAPTURE(example.command);
        const std::string path = "PATH=" + baytime::support::built("board/cli") + ":$PATH; ";
        const auto ran =
            DemoShop::run_plain({"/bin/sh", "-c", path + example.command + " 2>&1"}, dir.path() / "stderr");
        CAPTURE(ran.out);
        CHECK(matches(ran.out, example.expected));
    }
}

TEST_CASE("a sign at a port is tried without a daemon, and says whether it answers", "[cli][sign]") {
    PlayedSign sign;
    const auto ran = run(sign.dir(), {"test", "--driver", "alpha", "--port", sign.port(), "--json"});
    CAPTURE(ran.out, ran.error);
    REQUIRE(ran.status == 0);
    CHECK(json::parse(ran.out).at("answers") == true);
    CHECK(sign.reports("TEST BAY 1 OK"));
}

TEST_CASE("a silent line gives hints, a busy or missing port a token", "[cli][sign]") {
    const TempDir dir;
    CHECK(run(dir, {"test", "--driver", "alpha", "--port", "pty:/nowhere/at/all"}).status == 1);
    CHECK(run(dir, {"test", "--driver", "alpha", "--port", "pty:/nowhere"}).error.ends_with("[port-missing]\n"));
    CHECK(run(dir, {"test", "--driver", "alpha", "--port", "here"}).status == 2);
    CHECK(run(dir, {"test", "--driver", "alhpa", "--port", "pty:/x"}).error.ends_with("[unknown-driver]\n"));
    CHECK(run(dir, {"test"}).error.ends_with("[missing-parameter]\n"));
}

TEST_CASE("a silent sign that could answer makes the test fail, with the speeds of its driver", "[cli][sign]") {
    const TempDir dir;
    const QuietLine line;
    const std::string driver = GENERATE("cpower", "alpha");
    const auto ran = run(dir, {"test", "--driver", driver, "--port", "pty:" + line.path()});
    CAPTURE(ran.out, ran.error);
    CHECK(ran.status == 1);
    CHECK(ran.out.find("answers=no") != std::string::npos);
    const bool card = driver == "cpower";
    CHECK(ran.out.find(card ? "--baud 115200|57600|38400" : "--baud 4800|9600|19200|57600") != std::string::npos);
}

TEST_CASE("a sign that never says anything is no failure", "[cli][sign]") {
    PlayedSign played({}, "bay-1:raw:96x16");
    const auto ran = run(played.dir(), {"test", "--driver", "raw", "--port", played.port()});
    CAPTURE(ran.out, ran.error);
    CHECK(ran.status == 0);
    CHECK(ran.out.find("say nothing, as they are described here") != std::string::npos);
}

TEST_CASE("what would be passed over or cut is refused", "[cli][sign]") {
    const TempDir dir;
    struct Case {
        std::vector<std::string> words;
        std::string token;
    };
    const std::string long_text(2000, 'x');
    const auto c = GENERATE_COPY(values<Case>({
        {{"--driver", "alpha", "--text", "A", "--field", "label=A"}, "[bad-option]"},
        {{"--driver", "alpha", "--text", "A", "--command", "write_text"}, "[bad-option]"},
        {{"--driver", "alpha", "--json", "-", "--text", "A"}, "[bad-option]"},
        {{"--driver", "alpha", "--command", "tone", "--field", "frequency=9"}, "[bad-field]"},
        {{"--driver", "alpha", "--text", long_text + long_text}, "[too-long]"},
        {{"--driver", "onbon", "--text", long_text}, "[too-long]"},
        {{"--driver", "cpower", "--text", long_text}, "[too-long]"},
        {{"--driver", "am03127", "--text", long_text}, "[too-long]"},
        {{"--driver", "raw", "--text", long_text}, "[too-long]"},
        {{"--driver", "modbus", "--text", "BAY 1\\n25 min"}, "[too-long]"},
        {{"--driver", "modbus", "--option", "profile=led-046", "--text", "1234567"}, "[too-long]"},
    }));
    auto words = c.words;
    words.insert(words.begin(), "encode");
    CAPTURE(words);
    const auto ran = run(dir, words);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK(ran.error.ends_with(c.token + "\n"));
}

TEST_CASE("a Chinese text that is sent whole in Latin letters is not refused", "[cli][sign]") {
    const TempDir dir;
    for (const std::string text : {"1号 维修中", "质检中", "3号", "沪A·12345 可交车"}) {
        const auto ran =
            run(dir, {"encode", "--driver", "alpha", "--columns", "80", "--rows", "7", "--text", text, "--hex"});
        CAPTURE(text, ran.error);
        CHECK(ran.status == 0);
        CHECK_FALSE(ran.out.empty());
    }
}

TEST_CASE("decode without bytes is a mistake", "[cli][sign]") {
    const TempDir dir;
    CHECK(run(dir, {"decode", "--driver", "alpha", ""}).status == 2);
    CHECK(run(dir, {"decode", "--driver", "alpha", " "}).error.ends_with("[bad-value]\n"));
}

TEST_CASE("what decode tells of a noisy line, encode sends again", "[cli][sign]") {
    const TempDir dir;
    const std::string wire = "FF 00 06 13 00 00 01 5A 30 30 02 45 34 03 30 30 37 45 04 01 5A 30";
    const auto ran = DemoShop::run_plain({"/bin/sh", "-c",
                                          "P=" + program + "; $P sign decode --driver alpha --json " + wire +
                                              " | $P sign encode --driver alpha --json - --hex | tr '\\n' ' '"},
                                         dir.path() / "stderr");
    CHECK(ran.out == wire + " ");
}

TEST_CASE("help of encode lists every command with the fields of its lists", "[cli][sign]") {
    const TempDir dir;
    for (const std::string action : {"encode", "decode", "commands"}) {
        const auto ran = run(dir, {action, "--driver", "onbon", "--help"});
        CAPTURE(ran.out);
        CHECK(ran.status == 0);
        CHECK(ran.out.find("\n    run_mode ") != std::string::npos);
        CHECK(ran.out.find("With every command that is framed\n  destination ") != std::string::npos);
    }
}

TEST_CASE("a recorded exchange is played to a port", "[cli][sign]") {
    PlayedSign sign;
    const auto file = sign.dir().path() / "record";
    std::ofstream(file) << "+0.000 # opened\n"
                        << "+0.000 > 00 00 00 00 00 01 5A 30 30 02 41 41 1B 20 62 48 45 4C 4C 4F 03 30 32 39 38 04\n"
                        << "+0.300 < 06\n";
    const auto ran = run(sign.dir(), {"replay", file.string(), "--port", sign.port()});
    CAPTURE(ran.error);
    CHECK(ran.status == 0);
    CHECK(ran.out == "sent=26 heard=0\n");
    CHECK(sign.reports("HELLO"));
}

TEST_CASE("a configured sign is tested and traced through the daemon", "[cli][sign][daemon]") {
    const DemoShop shop;
    const auto tested = shop.baytime({"sign", "test", "bay-1"});
    CAPTURE(tested.out, tested.error);
    CHECK(tested.status == 0);
    CHECK(tested.out.find("sign=bay-1") != std::string::npos);
    CHECK(shop.baytime({"sign", "test", "bay-77"}).error.ends_with("[unknown-sign]\n"));

    const auto away = shop.baytime({"sign", "trace", "bay-77"});
    CHECK(away.status == 1);
    PlayedSign sign(shop.path("signs"), "bay-1@hall:alpha:80x7:01");
    Process trace({program, "--port", shop.port(), "sign", "trace", "bay-1"});
    // The link finds the port that has come, and sets the sign up.
    const auto line = trace.line();
    REQUIRE(line);
    CHECK(line->starts_with("+0.000 "));
    CHECK(sign.reports("TEST BAY 1 OK"));
    trace.signal(SIGINT);
    CHECK(trace.wait() == 0);
}

TEST_CASE("lines of a record are read as they are written", "[cli][sign]") {
    using baytime::cli::RecordEntry;
    using namespace std::chrono_literals;
    const std::vector<RecordEntry> entries{{0ms, RecordEntry::Kind::sent, {0x00, 0xA5}, ""},
                                           {61'005ms, RecordEntry::Kind::received, {0x06}, ""},
                                           {61'010ms, RecordEntry::Kind::note, {}, "it no longer answers"}};
    std::string text;
    for (const auto& entry : entries) text += baytime::cli::record_line(entry) + "\n";
    CHECK(text == "+0.000 > 00 A5\n+61.005 < 06\n+61.010 # it no longer answers\n");
    std::istringstream in(text + "\n# a comment\n");
    CHECK(baytime::cli::read_record(in) == entries);
    for (const auto* bad : {"0.0 > 00", "+0.1 > 00", "+1.000 > 0", "+1.000 ? 00", "+", "+-1.000 > 00"}) {
        std::istringstream broken(bad);
        CAPTURE(bad);
        CHECK_THROWS_AS(baytime::cli::read_record(broken), baytime::cli::Trouble);
    }
}
