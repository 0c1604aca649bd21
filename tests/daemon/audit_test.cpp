// Who was turned away: counted, bounded, and free of anything that a peer could write.
#include "board/daemon/audit.hpp"
#include "tests/support/secure.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace baytime;
using namespace baytime::daemon;
using namespace baytime::support;
namespace fs = std::filesystem;

namespace {

const Instant nine_o_clock{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}};

TurnedAway refusal(const std::string& peer, const std::string& token, const std::string& verb = "hello") {
    return {.peer = peer, .device = {}, .person = {}, .verb = verb, .token = token};
}

struct Book {
    TempDir directory;
    std::string path = (directory.path() / "audit.jsonl").string();
    Audit audit{path};
};

}  // namespace

TEST_CASE("the same refusal again within a minute is counted, not written anew", "[audit]") {
    Book book;
    for (int i = 0; i < 1000; ++i) book.audit.add(refusal("10.0.0.9", "bad-token"), nine_o_clock);
    book.audit.add(refusal("10.0.0.8", "bad-token"), nine_o_clock);
    const auto first = book.audit.newest(10);
    REQUIRE(first.size() == 3);
    CHECK(first[0].count == 1);
    CHECK(first[2].count == 999);
    CHECK(first[2].what.peer == "10.0.0.9");
    book.audit.add(refusal("10.0.0.9", "bad-token"), nine_o_clock + audit_window);
    CHECK(book.audit.newest(10).size() == 4);
    CHECK(book.audit.newest(1).front().at == nine_o_clock + audit_window);
}

TEST_CASE("one peer, or many, cannot push the others out by being refused in many ways", "[audit]") {
    Book book;
    book.audit.add(refusal("10.0.0.1", "bad-pin"), nine_o_clock);
    for (int i = 0; i < 5000; ++i)
        book.audit.add(refusal("10.0.0.9", "not-allowed", "verb-" + std::to_string(i)), nine_o_clock);
    CHECK(book.audit.newest(max_audit_listed).size() == 1 + max_kinds_of_one_peer + 2);
    for (int i = 0; i < 5000; ++i)
        book.audit.add(refusal("10.1.0." + std::to_string(i), "bad-token"), nine_o_clock + audit_window);
    const auto all = book.audit.newest(max_audit_listed);
    CHECK(all.size() <= 1 + max_kinds_of_one_peer + 2 + max_kinds + 2);
    CHECK(all.front().what.token == "bad-pin");
    CHECK(std::ranges::any_of(all, [](const auto& one) { return one.what.token == "more" && one.count > 4000; }));
}

TEST_CASE("the files of refusals have a bound, and the oldest go first", "[audit]") {
    Book book;
    auto now = nine_o_clock;
    for (int i = 0; i < 60'000; ++i) book.audit.add(refusal("10.0.0.9", "bad-token"), now += audit_window);
    std::uintmax_t bytes = 0, files = 0;
    for (const auto& entry : fs::directory_iterator(book.directory.path())) {
        bytes += entry.file_size();
        ++files;
        CHECK(mode_of(entry.path()) == 0600U);
    }
    CHECK(files == 1 + old_audit_files);
    CHECK(bytes <= (1 + old_audit_files) * (max_audit_file_bytes + 1000));
    const auto newest = book.audit.newest(max_audit_listed);
    REQUIRE(newest.size() == max_audit_listed);
    CHECK(newest.back().at == now);
}

TEST_CASE("a line of refusals is read as it was written, and no text can end it early", "[audit]") {
    const AuditEntry entry{.what = {.peer = "fe80::1",
                                    .device = "desk",
                                    .person = "501",
                                    .verb = "a\"b\n{\"token\":\"forged\"}\x1b[2J",
                                    .token = "bad-pin"},
                           .at = nine_o_clock,
                           .count = 7};
    const auto line = audit_line(entry);
    CHECK(line.find('\n') == std::string::npos);
    CHECK(line.find('\x1b') == std::string::npos);
    CHECK(parse_audit_line(line) == entry);
    for (const char* other : {"", "{}", "[1]", "{\"at\":\"x\",\"token\":\"y\"}", "nonsense"})
        CHECK_FALSE(parse_audit_line(other).has_value());
}

TEST_CASE("a manager reads who was turned away, from a real daemon, and nobody else does", "[audit][door]") {
    const TempDir directory;
    const auto config = write_shop(directory.path());
    DaemonProcess daemon(config);
    auto guest = daemon.connect(), desk = daemon.connect();
    CHECK(ask(guest, "hello token=a-secret-that-nobody-may-read").starts_with("ERR bad-token "));
    CHECK(ask(guest, "finish R1 staff=301 pin=1234").starts_with("ERR bad-pin "));
    CHECK(ask(guest, "finish R1 staff=王建国 pin=1234").starts_with("ERR "));
    CHECK(ask(guest, "receive R1 plate=沪A12345 model=x type=repair promise=11:00 as=101").starts_with("ERR "));
    REQUIRE(ask(guest, "hello device=lounge-1").starts_with("OK "));
    CHECK(ask(guest, "show R1").starts_with("ERR not-allowed "));
    for (const auto* who : {"audit", "audit as=301", "audit as=201"}) CHECK(ask(desk, who).starts_with("ERR "));
    CHECK(ask(guest, "audit as=501").starts_with("ERR not-allowed "));
    desk.send("audit as=501");
    std::string all;
    for (std::string line; !line.starts_with("OK "); all += line + "\n") line = desk.wait_line(daemon_deadline);
    CAPTURE(all);
    for (const auto* part : {"token=bad-token", "token=bad-pin times=1 peer=127.0.0.1 verb=finish person=301",
                             "token=not-permitted", "verb=show device=lounge-1"})
        CHECK(all.find(part) != std::string::npos);
    for (const auto* secret : {"a-secret", "1234 ", "王建国", "A12345"}) CHECK(all.find(secret) == std::string::npos);
    const auto file = file_text(directory.path() / "audit.jsonl");
    for (const auto* secret : {"a-secret", "\"1234", "王建国", "A12345"}) CHECK(file.find(secret) == std::string::npos);
    CHECK(daemon.stop() == 0);
    DaemonProcess again(config);
    auto later = again.connect();
    later.send("audit as=501");
    CHECK(later.wait_line(daemon_deadline).find("bad-token") != std::string::npos);
}
