// Who was turned away: counted, bounded, and free of anything that a peer could write.
#include "board/daemon/audit.hpp"
#include "tests/support/secure.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <csignal>

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
    CHECK(all.size() <= 1 + max_kinds_of_one_peer + 2 + max_wrong_tokens + 2);
    CHECK(all.front().what.token == "bad-pin");
    CHECK(std::ranges::any_of(all, [](const auto& one) { return one.what.peer.empty() && one.count > 4000; }));
}

TEST_CASE("no noise of strangers hides a wrong token, a wrong PIN or what a known device was refused", "[audit]") {
    Book book;
    for (int i = 1; i <= 254; ++i) {
        for (int verb = 0; verb < 10; ++verb)
            book.audit.add(refusal("127.8.1." + std::to_string(i), "who-are-you", "verb-" + std::to_string(verb)),
                           nine_o_clock);
    }
    for (int i = 1; i <= 254; ++i) book.audit.add(refusal("127.8.1." + std::to_string(i), "bad-token"), nine_o_clock);
    const TurnedAway hall{
        .peer = "127.8.1.9", .device = "hall", .person = {}, .verb = "token-add", .token = "not-allowed"};
    const TurnedAway guess{.peer = "127.8.1.9", .device = "desk", .person = "501", .verb = "audit", .token = "bad-pin"};
    for (const auto& one : {hall, guess, refusal("127.8.8.8", "bad-token")}) {
        book.audit.add(one, nine_o_clock);
        const auto all = book.audit.newest(max_audit_listed);
        CHECK(std::ranges::count(all, one, &AuditEntry::what) == 1);
    }
}

TEST_CASE("a display that tries every verb from many addresses is named all the same", "[audit]") {
    Book book;
    for (int i = 0; i < 5000; ++i)
        book.audit.add({.peer = "10.1.0." + std::to_string(i % 254),
                        .device = "hall",
                        .person = {},
                        .verb = "verb-" + std::to_string(i / 254),
                        .token = "not-allowed"},
                       nine_o_clock);
    book.audit.add({.peer = "10.0.0.1", .device = "post", .person = {}, .verb = "backup", .token = "not-allowed"},
                   nine_o_clock);
    const auto all = book.audit.newest(max_audit_listed);
    CHECK(all.size() <= max_kinds + 4);
    for (const auto* device : {"hall", "post"})
        CHECK(std::ranges::any_of(
            all, [device](const auto& one) { return one.what.device == device && one.what.token == "more"; }));
}

TEST_CASE("what a full disk does not take is kept, listed, and written when it takes lines again", "[audit][disk]") {
    Book book;
    book.audit.add(refusal("10.0.0.1", "bad-token"), nine_o_clock);
    const auto before = file_text(book.path);
    rlimit limit{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &limit) == 0);
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    auto full = limit;
    full.rlim_cur = before.size() + 10;  // a part of a line fits
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &full) == 0);
    for (int i = 0; i < 3000; ++i)
        book.audit.add(refusal("10.0.0." + std::to_string(i), "bad-token"), nine_o_clock + i * audit_window);
    const auto torn = file_text(book.path);
    const auto listed = book.audit.newest(max_audit_listed);
    const auto waiting = book.audit.unwritten();
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    std::signal(SIGXFSZ, ignored);
    CHECK(torn == before);
    CHECK(waiting == 3000);
    CHECK(std::ranges::any_of(listed, [](const auto& one) { return one.what.peer == "10.0.0.7"; }));
    book.audit.write_unwritten();
    CHECK(book.audit.unwritten() == 0);
    const auto text = file_text(book.path);
    CHECK(std::ranges::count(text, '\n') == 1 + static_cast<std::ptrdiff_t>(max_unwritten_kinds) + 1);
    const auto all = book.audit.newest(2 * max_audit_listed);
    std::uint64_t counted = 0;
    for (const auto& one : all) counted += one.count;
    CHECK(counted == 3001);
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
