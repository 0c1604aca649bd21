// The drop folder of a running daemon, with files as other systems put them there.
#include "tests/cli/demo_shop.hpp"

#include <catch2/catch.hpp>

#include <sys/inotify.h>
#include <sys/poll.h>
#include <unistd.h>

using namespace baytime::support;
namespace fs = std::filesystem;

namespace {

const std::string header = "order_no,repair_type,advisor,received_at,promised_at,settled_at\n";
std::string row(const std::string& order, const std::string& type = "repair") {
    return order + "," + type + ",201,2026-10-01 08:00,2026-10-01 10:30,2026-10-01 10:00\n";
}

DemoShop::Changes with_drop(const fs::path& folder, const std::string& more = "") {
    return {{"[log]\n", "[import]\ndrop_folder = \"" + folder.string() + "\"\n" + more + "\n[log]\n"}};
}

/// As the convention says: another name first, then renamed.
void drop(const fs::path& folder, const std::string& name, const std::string& text) {
    const auto unfinished = folder / (name + ".tmp");
    std::ofstream(unfinished, std::ios::binary) << text;
    fs::rename(unfinished, folder / name);
}

/// Waits until the file is there; the daemon makes the directory before it listens.
void await(const fs::path& file) {
    const int events = ::inotify_init1(IN_CLOEXEC);
    REQUIRE(::inotify_add_watch(events, file.parent_path().c_str(), IN_MOVED_TO) >= 0);
    std::array<char, 4096> buffer{};
    while (!fs::exists(file)) {
        pollfd wait{.fd = events, .events = POLLIN, .revents = 0};
        REQUIRE(::poll(&wait, 1, 60'000) == 1);
        REQUIRE(::read(events, buffer.data(), buffer.size()) > 0);
    }
    ::close(events);
}

std::string settled(const DemoShop& shop) {
    const auto ran = shop.baytime({"report", "allowance", "--month", "2026-10", "--format", "json"});
    const auto from = ran.out.find("\"settled\":");
    return ran.out.substr(from + 10, ran.out.find(',', from) - from - 10);
}

}  // namespace

TEST_CASE("files in the drop folder are imported by themselves, with a text beside each", "[drop]") {
    const TempDir dir;
    const auto folder = dir.path() / "in";
    const DemoShop shop("60", with_drop(folder));
    drop(folder, "a.csv", header + row("D1") + row("D2"));
    await(folder / "done/a.csv");
    CHECK(DemoShop::read(folder / "done/a.csv.result.txt") ==
          "imported 2 orders; 0 already there, 0 not settled yet, 0 bad rows left out\n");
    CHECK(settled(shop) == "2");
    CHECK_FALSE(fs::exists(folder / "a.csv"));

    // The same name again is another file, and orders that are there count once.
    drop(folder, "a.csv", header + row("D2") + row("D3"));
    await(folder / "done/a-2.csv");
    CHECK(DemoShop::read(folder / "done/a-2.csv.result.txt").starts_with("imported 1 orders; 1 already there"));
    CHECK(settled(shop) == "3");
}

TEST_CASE("a bad, a half and an unfinished file block no other", "[drop]") {
    const TempDir dir;
    const auto folder = dir.path() / "in";
    const DemoShop shop("60", with_drop(folder));
    fs::create_directory(folder / "directory.csv");
    std::ofstream(folder / "unfinished.csv.tmp") << header << row("D8");
    drop(folder, "1-bad.csv", header + row("D1") + row("D2", "oil"));
    drop(folder, "2-half.csv", header + row("D3") + "D4,repair,\"20");
    drop(folder, "3-bytes.csv", "\xFF\xFF\xFF");
    drop(folder, "4-good.csv", header + row("D5"));
    await(folder / "done/4-good.csv");
    CHECK(settled(shop) == "1");
    CHECK(DemoShop::read(folder / "failed/1-bad.csv.result.txt") ==
          "line 3, order D2, repair_type \"oil\": must be one of first_service 首保, maintenance 常规保养, repair "
          "普通修理, accident 事故车, warranty 索赔\nnothing was imported: 1 of 2 rows are bad\n");
    CHECK(DemoShop::read(folder / "failed/2-half.csv.result.txt").find("a quote is opened and never closed") !=
          std::string::npos);
    CHECK(fs::exists(folder / "failed/3-bytes.csv"));
    CHECK(fs::exists(folder / "unfinished.csv.tmp"));
    fs::rename(folder / "unfinished.csv.tmp", folder / "unfinished.csv");
    await(folder / "done/unfinished.csv");
    CHECK(settled(shop) == "2");
}

TEST_CASE("files that came while the daemon was away are taken at its start, once", "[drop]") {
    const TempDir dir;
    const auto folder = dir.path() / "in";
    fs::create_directories(folder);
    drop(folder, "old.csv", header + row("D1") + row("D2", "oil"));
    fs::last_write_time(folder / "old.csv", fs::file_time_type::clock::now() - std::chrono::hours{1});
    const DemoShop shop("60", with_drop(folder, "skip_bad = true"));
    await(folder / "done/old.csv");
    CHECK(settled(shop) == "1");
    // Put back as a power cut between import and move would leave it.
    fs::rename(folder / "done/old.csv", folder / "old.csv");
    await(folder / "done/old.csv");
    CHECK(settled(shop) == "1");
}
