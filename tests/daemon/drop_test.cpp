// Order files that cannot be put away: tried again, told by health, and never by name in the log.
#include "board/daemon/drop_folder.hpp"
#include "board/daemon/log.hpp"
#include "tests/daemon/little_house.hpp"
#include "tests/support/daemon_process.hpp"
#include "tests/support/temp_dir.hpp"

#include <sys/resource.h>

#include <catch2/catch.hpp>

#include <algorithm>
#include <csignal>

using namespace baytime;
using namespace baytime::daemon;
using namespace baytime::support;
namespace fs = std::filesystem;

namespace {

/// No file of this process grows beyond so many bytes meanwhile; as a full disk refuses it.
class NoRoom {
public:
    explicit NoRoom(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        REQUIRE(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
        const rlimit little{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
        REQUIRE(::setrlimit(RLIMIT_FSIZE, &little) == 0);
    }
    ~NoRoom() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    NoRoom(const NoRoom&) = delete;
    NoRoom& operator=(const NoRoom&) = delete;

private:
    rlimit before_{};
    void (*handler_)(int);
};

Settings dropping(const fs::path& folder) {
    auto settings = little_settings();
    settings.drop.folder = folder.string();
    return settings;
}

/// Newer than the mark, with this word.
std::vector<std::string> logged(std::size_t before, std::string_view word) {
    std::vector<std::string> out;
    const auto& lines = log::kept_lines();
    for (std::size_t i = std::min(before, lines.size()); i < lines.size(); ++i) {
        if (lines[i].find(word) != std::string::npos) out.push_back(lines[i]);
    }
    return out;
}

std::size_t files_in(const fs::path& directory) {
    return fs::exists(directory) ? static_cast<std::size_t>(std::distance(fs::directory_iterator(directory), {})) : 0;
}

const std::string orders =
    "order_no,repair_type,advisor,technicians,received_at,promised_at,settled_at\n"
    "O1,repair,A01,T01,2026-10-01 08:00,2026-10-01 10:30,2026-10-01 10:20\n";
const char* const plate_file = "沪A12345-13900007777.csv";

}  // namespace

TEST_CASE("a file whose result cannot be written waits, is told, and is put away when there is room",
          "[import][drop]") {
    const TempDir directory;
    LittleHouse house(dropping(directory.path()));
    DropFolder folder(house.house);
    const auto file = directory.path() / plate_file;
    std::ofstream(file) << orders;
    const auto before = log::kept_lines().size();
    {
        const NoRoom room(4);
        folder.look({plate_file});
        REQUIRE(folder.trouble());
        CHECK(folder.trouble()->files == 1);
        CHECK(folder.trouble()->why == "File too large");
        folder.look({});
        CHECK(folder.trouble());
    }
    CHECK(fs::exists(file));
    CHECK(files_in(directory.path() / "done") == 0);  // no .part either
    CHECK(house.journal.events.size() == 1);
    CHECK(logged(before, " drop_file_stuck ").size() == 1);
    CHECK(logged(before, " drop_file_stuck ").at(0).find("File too large") != std::string::npos);

    folder.look({});
    CHECK_FALSE(folder.trouble());
    CHECK_FALSE(fs::exists(file));
    CHECK(files_in(directory.path() / "done") == 2);
    const auto text = file_text(directory.path() / "done" / (std::string(plate_file) + ".result.txt"));
    CHECK(text.starts_with("imported 1 orders; 0 already there"));  // imported, not already there
    CHECK(house.journal.events.size() == 1);
    for (const auto* personal : {"A12345", "13900007777"}) CHECK(logged(before, personal).empty());
    const auto imported = logged(before, " drop_imported ");
    REQUIRE(imported.size() == 1);
    CHECK(imported[0].find(" bytes=" + std::to_string(orders.size()) + " written=20") != std::string::npos);
}

TEST_CASE("a file that waits and is written anew is read anew", "[import][drop]") {
    const TempDir directory;
    LittleHouse house(dropping(directory.path()));
    DropFolder folder(house.house);
    std::ofstream(directory.path() / "done") << "a file where the directory should be";
    std::ofstream(directory.path() / "a.csv") << orders;
    folder.look({"a.csv"});
    REQUIRE(folder.trouble());
    fs::remove(directory.path() / "done");
    std::ofstream(directory.path() / "a.csv") << "no such columns\n";
    folder.look({"a.csv"});
    CHECK_FALSE(folder.trouble());
    CHECK(files_in(directory.path() / "done") == 0);
    CHECK(fs::exists(directory.path() / "failed/a.csv"));
}

TEST_CASE("the text beside a file commands no terminal", "[import][drop]") {
    const TempDir directory;
    LittleHouse house(dropping(directory.path()));
    DropFolder folder(house.house);
    std::ofstream(directory.path() / "a.csv") << orders << "O\x1b[31m2,repair,A01,T01,x,y,z\n";
    folder.look({"a.csv"});
    const auto text = file_text(directory.path() / "failed/a.csv.result.txt");
    CAPTURE(text);
    CHECK(text.find("line 3") != std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("orders that the disk did not take wait in the drop folder and are told", "[import][drop]") {
    const TempDir directory;
    LittleHouse house(dropping(directory.path()));
    DropFolder folder(house.house);
    std::ofstream(directory.path() / "a.csv") << orders;
    house.journal.refuses = true;
    folder.look({"a.csv"});
    REQUIRE(folder.trouble());
    CHECK(folder.trouble()->why == "the disk is full");
    house.journal.refuses = false;
    folder.look({"a.csv"});
    CHECK_FALSE(folder.trouble());
    CHECK(fs::exists(directory.path() / "done/a.csv"));
}

TEST_CASE("health warns of a drop folder that cannot be used", "[service][drop]") {
    const TempDir directory;
    const auto config = write_shop(directory.path(), "[import]\ndrop_folder = \"in\"\n");
    std::ofstream(directory.path() / "in") << "a file where the directory should be";
    DaemonProcess daemon(config);
    auto client = daemon.connect();
    const auto health = ask(client, R"({"jsonrpc":"2.0","id":1,"method":"health"})");
    CAPTURE(health);
    CHECK(health.find("\"problem\":\"drop-waiting\",\"level\":\"warning\",\"about\":\"" +
                      (directory.path() / "in").string() + "\",\"detail\":\"Not a directory\"") != std::string::npos);
}
