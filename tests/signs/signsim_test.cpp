// The simulator: its dots, pictures and options, and the program itself.
#include "display-drivers/signs/dots.hpp"
#include "display-drivers/signs/signsim/picture.hpp"
#include "display-drivers/signs/signsim/stage.hpp"
#include "tests/signs/bench.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>

#include <catch2/catch.hpp>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace baytime::signs;
using namespace baytime::signs::sim;
using namespace std::chrono_literals;

namespace {

const std::string simulator = baytime::support::built("display-drivers/signs/baytime-signsim");

std::string drawn(const Dots& dots) {
    std::string out;
    for (int row = 0; row < dots.rows; ++row) {
        for (int column = 0; column < dots.columns; ++column) {
            out += dots.lit[static_cast<std::size_t>(row * dots.columns + column)] ? '#' : '.';
        }
        out += '\n';
    }
    return out;
}

std::string read_whole(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The program, ended with the test.
class Program {
public:
    explicit Program(std::vector<std::string> arguments) {
        int input[2];
        REQUIRE(::pipe(input) == 0);
        arguments.insert(arguments.begin(), simulator);
        pid_ = ::fork();
        if (pid_ == 0) {
            ::dup2(input[0], STDIN_FILENO);
            ::close(input[0]);
            ::close(input[1]);
            std::vector<char*> words;
            for (std::string& word : arguments) words.push_back(word.data());
            words.push_back(nullptr);
            ::execv(words[0], words.data());
            ::_exit(127);
        }
        ::close(input[0]);
        input_ = input[1];
    }
    ~Program() {
        stop();
        ::close(input_);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    void say(const std::string& line) const { REQUIRE(::write(input_, line.data(), line.size()) > 0); }
    int stop() {
        if (pid_ <= 0) return status_;
        ::kill(pid_, SIGTERM);
        ::waitpid(pid_, &status_, 0);
        pid_ = 0;
        return status_;
    }

private:
    pid_t pid_ = 0;
    int input_ = -1, status_ = 0;
};

}  // namespace

TEST_CASE("the glass draws letters in the middle", "[signs][signsim]") {
    const Glass glass{.page = page_of("Hi", Meaning::good)};
    CHECK(drawn(dots_of(glass, {.columns = 15, .rows = 7}, 0ms)) ==
          "..#...#...#....\n"
          "..#...#........\n"
          "..#...#..##....\n"
          "..#####...#....\n"
          "..#...#...#....\n"
          "..#...#...#....\n"
          "..#...#..###...\n");
}

TEST_CASE("a sign with a Chinese font draws letters and Chinese 16 dots high", "[signs][signsim]") {
    const Shape shape{.columns = 40, .rows = 32};
    const Glass glass{.page = page_of("A中\n工")};
    const auto picture = dots_of_text("A中");
    const Dots dots = dots_of(glass, shape, 0ms, Letters::chinese);
    for (int y = 0; y < picture.rows; ++y) {
        for (int x = 0; x < picture.columns; ++x) {
            const int left = (shape.columns - picture.columns) / 2;
            CHECK(dots.lit[static_cast<std::size_t>(y * shape.columns + left + x)].has_value() == picture.at(x, y));
        }
    }
    CHECK_FALSE(animated(glass, shape, Letters::chinese));
    CHECK(animated(glass, {.columns = 40, .rows = 16}, Letters::chinese));
    const Glass wide{.page = page_of("京A·12345"), .moves = true};
    CHECK(dots_of(wide, shape, 0ms, Letters::chinese) != dots_of(wide, shape, 1s, Letters::chinese));
}

TEST_CASE("lines beyond the rows of the glass are shown in turn, wide text runs", "[signs][signsim]") {
    const Shape shape{.columns = 60, .rows = 7};
    const Glass two{.page = page_of("one\ntwo")};
    CHECK(animated(two, shape));
    CHECK(drawn(dots_of(two, shape, 0ms)) == drawn(dots_of({.page = page_of("one")}, shape, 0ms)));
    CHECK(drawn(dots_of(two, shape, 3s)) == drawn(dots_of({.page = page_of("two")}, shape, 0ms)));
    CHECK(drawn(dots_of(two, shape, 6s)) == drawn(dots_of({.page = page_of("one")}, shape, 0ms)));
    CHECK_FALSE(animated(two, {.columns = 60, .rows = 16}));
    const Glass wide{.page = page_of("a text that is wider than the glass"), .moves = true};
    CHECK(animated(wide, shape));
    CHECK(drawn(dots_of(wide, shape, 0ms)) != drawn(dots_of(wide, shape, 1s)));
}

TEST_CASE("every printable character has a letter of its own", "[signs][signsim]") {
    for (char a = ' '; a <= '}'; ++a) {
        for (char b = ' '; b < a; ++b) {
            CAPTURE(a, b);
            REQUIRE(letter(a) != letter(b));
        }
    }
    CHECK(letter('\x7f') == letter('?'));
    CHECK(letter('\xe6') == letter('?'));
}

TEST_CASE("the picture shows lit dots in their colour on a dark glass", "[signs][signsim]") {
    Dots dots{.columns = 3, .rows = 1};
    dots.lit = {std::nullopt, Colour{255, 0, 0}, std::nullopt};
    const Picture picture = picture_of(dots);
    REQUIRE(picture.pixels.size() == static_cast<std::size_t>(picture.width * picture.height * 4));
    const auto red_at = [&](int x, int y) {
        return picture.pixels[static_cast<std::size_t>((y * picture.width + x) * 4)];
    };
    CHECK(red_at(picture.width / 2, picture.height / 2) > 240);
    CHECK(red_at(picture.width / 2 - 12, picture.height / 2) < 60);
    CHECK(picture.pixels[3] == 0);  // outside the round corner
    baytime::support::TempDir dir;
    write_png(picture, (dir.path() / "sign.png").string());
    CHECK(read_whole((dir.path() / "sign.png").string()).starts_with("\x89PNG"));
    CHECK_THROWS(write_png(picture, (dir.path() / "none" / "sign.png").string()));
}

TEST_CASE("a sign on the command line has a name, a driver and maybe a size", "[signs][signsim]") {
    const auto good = parse_sign("bay-1:alpha:120x16:0A");
    REQUIRE(std::holds_alternative<SignSpec>(good));
    CHECK(std::get<SignSpec>(good).name == "bay-1");
    CHECK(std::get<SignSpec>(good).setup.shape == Shape{.columns = 120, .rows = 16});
    CHECK(std::get<SignSpec>(good).setup.address == "0A");
    CHECK(std::holds_alternative<SignSpec>(parse_sign("bay-1:alpha")));
    for (const char* bad : {"", "bay-1", ":alpha", "bay-1:beta", "bay-1:alpha:120", "bay-1:alpha:120x", "a/b:alpha",
                            "bay-1:alpha:0x7", "bay-1:alpha:80x7:7", "bay-1:alpha:80x7:00:x", "x:alpha:80x7x",
                            "x:alpha:80x7:00:nothing=1", "x:alpha:nothing=1", "x:alpha:nothing=1:00"}) {
        CAPTURE(bad);
        const auto result = parse_sign(bad);
        REQUIRE(std::holds_alternative<std::string>(result));
        CHECK_FALSE(std::get<std::string>(result).empty());
    }
}

TEST_CASE("controls are a word, a name and what the fault takes", "[signs][signsim]") {
    REQUIRE(parse_control("unplug bay-1").has_value());
    CHECK(parse_control("plug bay-1")->what == Control::What::plug);
    CHECK(parse_control("power bay-1")->what == Control::What::power);
    CHECK(parse_control("power bay-1")->name == "bay-1");
    CHECK(parse_control("unplug bay-1 for 2.5")->value == 2.5);
    CHECK(parse_control("nak bay-1 3")->value == 3);
    CHECK(parse_control("silence bay-1 on")->value < 0);
    CHECK_FALSE(parse_control("silence bay-1 off")->on);
    CHECK(parse_control("bit-errors bay-1 0.001")->value == 0.001);
    CHECK(parse_control("slow bay-1 on")->on);
    for (const char* bad :
         {"", "unplug", "burn bay-1", "unplug bay-1 now", "unplug bay-1 for", "unplug bay-1 for x", "nak bay-1",
          "nak bay-1 -1", "nak bay-1 inf", "silence bay-1 maybe", "slow bay-1 3", "bit-errors bay-1 2", "garbage"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_control(bad).has_value());
    }
    CHECK(control_forms().find("silence NAME N|on|off") != std::string::npos);
}

TEST_CASE("wrong options of the simulator end with 2 and a token", "[signs][signsim]") {
    const baytime::support::TempDir dir;
    const auto log = (dir.path() / "log").string();
    baytime::support::Process program({simulator, "--baud", "7"}, {}, log);
    CHECK(program.wait() == 2);
    CHECK(read_whole(log).find("[bad-option]") != std::string::npos);
}

TEST_CASE("the program plays a sign, obeys its controls and leaves nothing behind", "[signs][signsim]") {
    baytime::support::TempDir dir;
    const std::string link = (dir.path() / "signs" / "bay-1").string(), report = (dir.path() / "report.json").string(),
                      picture = (dir.path() / "png" / "bay-1.png").string();
    Program program({"--sign", "bay-1:alpha:120x16", "--dir", (dir.path() / "signs").string(), "--png-dir",
                     (dir.path() / "png").string(), "--report", report});
    boost::asio::io_context io{1};
    const auto until = [&](const std::function<bool()>& reached) {
        const auto deadline = std::chrono::steady_clock::now() + 30s;
        while (!reached() && std::chrono::steady_clock::now() < deadline) {
            io.restart();
            io.run_one_for(10ms);
        }
        return reached();
    };
    const auto told = [&](const std::string& what) { return read_whole(report).find(what) != std::string::npos; };
    REQUIRE(until([&] { return std::filesystem::is_symlink(link) && told("bay-1"); }));

    SignSettings settings;
    settings.name = "bay-1";
    settings.port = *parse_port("pty:" + link);
    settings.setup.shape = {.columns = 120, .rows = 16};
    SignLink sign(io, settings, {});
    sign.show(page_of("BAY 1 HU-A12345\nrepair 25 min"));
    REQUIRE(until([&] { return told(R"("text":"BAY 1 HU-A12345\nrepair 25 min")"); }));
    CHECK(told(R"("errors":0,)"));
    CHECK(std::filesystem::exists(picture));

    program.say("unplug bay-1\n");
    REQUIRE(until([&] { return !std::filesystem::exists(link) && told(R"("plugged":false)"); }));
    REQUIRE(until([&] { return sign.health().state == LinkState::waiting; }));
    program.say("plug bay-1\n");
    REQUIRE(until([&] { return told(R"("plugged":true)") && sign.health().up_to_date; }));
    program.say("nonsense\npower bay-1\n");
    REQUIRE(until([&] { return told(R"("text":"")"); }));

    const int status = program.stop();
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    CHECK_FALSE(std::filesystem::is_symlink(link));
    CHECK_FALSE(std::filesystem::exists(picture + ".new"));
}
