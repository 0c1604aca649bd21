// The file of servers visited before: what counts as known, as changed, and as no entry.
#include "board/client/known_hosts.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <fstream>
#include <functional>
#include <iterator>

using namespace baytime::client;
using baytime::support::TempDir;

namespace {

const std::string one(64, 'a'), other(64, 'b');

std::string text_of(const std::string& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string token_of(const std::function<void()>& visiting) {
    try {
        visiting();
    } catch (const Untrusted& stranger) {
        return stranger.token;
    }
    return "trusted";
}

}  // namespace

TEST_CASE("the first visit is written down, and every later one must find the same certificate", "[known-hosts]") {
    const TempDir directory;
    const auto file = (directory.path() / "config" / "known").string();
    CHECK(visit(file, "box:7421", one));
    CHECK_FALSE(visit(file, "box:7421", one));
    CHECK(visit(file, "other:7421", other));
    CHECK(text_of(file) == "box:7421 " + one + "\nother:7421 " + other + "\n");
    struct stat about {};
    REQUIRE(::stat(file.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777U) == 0600U);
    CHECK(token_of([&] { visit(file, "box:7421", other); }) == "fingerprint-changed");
    CHECK(forget_server(file, "box:7421"));
    CHECK_FALSE(forget_server(file, "box:7421"));
    CHECK(visit(file, "box:7421", other));
    CHECK_FALSE(visit(file, "other:7421", other));
}

TEST_CASE("a changed certificate is said with both fingerprints and what to do", "[known-hosts]") {
    const auto fault = fingerprint_changed("box:7421", one, other, "/x/known");
    const std::string says = fault.what();
    for (const std::string& part : {one, other, std::string("/x/known"), std::string("baytime tls forget box:7421")})
        CHECK(says.find(part) != std::string::npos);
}

TEST_CASE("without a file nobody is trusted, and a file that is no such file is not guessed at", "[known-hosts]") {
    const TempDir directory;
    const auto file = (directory.path() / "known").string();
    CHECK(token_of([] { visit("", "box:7421", one); }) == "fingerprint-unknown");
    CHECK(token_of([&] { visit("/proc/no/such/file", "box:7421", one); }) == "fingerprint-unknown");
    std::ofstream(file) << "box:7421 abc\n";
    CHECK(token_of([&] { visit(file, "new:7421", one); }) == "bad-known-hosts");
    std::ofstream(file) << "box:7421 " + one + "\nbox:7421 " + other + "\n";
    CHECK(token_of([&] { visit(file, "box:7421", one); }) == "bad-known-hosts");
    CHECK(token_of([&] { visit(file, "new:7421", one); }) == "trusted");
    std::ofstream(file) << "# ours\n\nbox:7421\tSHA256:" << one;  // no newline at its end
    CHECK(visit(file, "new:7421", other));
    CHECK_FALSE(visit(file, "box:7421", one));
    CHECK_FALSE(visit(file, "new:7421", other));
}

TEST_CASE("a line that is damaged makes no server a new one", "[known-hosts]") {
    const TempDir directory;
    const auto file = (directory.path() / "known").string();
    const auto entry = "box:7421 " + one + "\n";
    std::ofstream(file) << "\xEF\xBB\xBF" << entry;  // as some editors write it
    CHECK(token_of([&] { visit(file, "box:7421", other); }) == "fingerprint-changed");
    CHECK_FALSE(visit(file, "box:7421", one));
    for (const std::string& damaged :
         {"\xE2\x80\x8B" + entry, "x\n\xEF\xBB\xBF" + entry, "box " + one + "\n", "box: " + one + "\n",
          "b\xC3\xB6x:7421 " + one + "\n", "box:7421\x01 " + one + "\n", std::string(100, '\0'), ":7421 " + one + "\n",
          std::string("\xFF\xFE") + "b\0o\0x\0", entry.substr(0, 40)}) {
        CAPTURE(damaged);
        std::ofstream(file) << damaged;
        CHECK(token_of([&] { visit(file, "box:7421", other); }) == "bad-known-hosts");
        CHECK(text_of(file) == damaged);
    }
}

TEST_CASE("a file of known servers that cannot be read is no first visit", "[known-hosts]") {
    const TempDir directory;
    const auto said = [](const std::string& file) {
        try {
            visit(file, "box:7421", one);
        } catch (const Untrusted& stranger) {
            return stranger.token + ": " + stranger.what();
        }
        return std::string("trusted");
    };
    const auto path = directory.path().string();
    CHECK(said(path) == "bad-known-hosts: the file of known servers " + path +
                            " cannot be read (Is a directory); mend that, or name another file");
    CHECK(said("/dev/full") == "bad-known-hosts: /dev/full is too large for a file of known servers");
}

TEST_CASE("a fingerprint is read as people copy it", "[known-hosts]") {
    std::string colons;
    for (int i = 0; i < 32; ++i) colons += i == 0 ? "AA" : ":AA";
    CHECK(plain_fingerprint(colons) == one);
    CHECK(plain_fingerprint("SHA256:" + one) == one);
    CHECK(plain_fingerprint(one + "a").empty());
    CHECK(plain_fingerprint(one.substr(1)).empty());
    CHECK(plain_fingerprint(std::string(64, 'g')).empty());
    CHECK(host_name("box", "7421") == "box:7421");
    CHECK(host_name("::1", "7421") == "[::1]:7421");
}
