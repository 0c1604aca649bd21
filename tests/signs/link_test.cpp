// The link on a real pseudo-terminal. No test sleeps: each runs link and sign until something is so.
#include "tests/signs/bench.hpp"

#include <sys/socket.h>
#include <termios.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <array>

using namespace baytime::signs;
using support::Bench;

namespace asio = boost::asio;

TEST_CASE("a link sets the sign up and shows the page", "[signs][link]") {
    Bench bench;
    SignLink link(bench.io, bench.settings(), {}, Bench::timing());
    link.show(page_of("HU-A12345"));
    REQUIRE(bench.shows("HU-A12345"));
    REQUIRE(bench.until([&] { return link.health().up_to_date && link.health().answers; }));
    CHECK(link.health().state == LinkState::showing);
    CHECK(link.health().pages == 1);
    CHECK(link.health().errors.empty());
    CHECK(link.health().last_good_write.has_value());
    CHECK(bench.sign.sign().errors().empty());
}

TEST_CASE("only the newest of many pages is kept", "[signs][link]") {
    Bench bench;
    SignLink link(bench.io, bench.settings(), {}, Bench::timing());
    for (int i = 0; i < 1000; ++i) link.show(page_of("page " + std::to_string(i)));
    REQUIRE(bench.shows("page 999"));
    CHECK(bench.sign.sign().glass().pages == 1);
    CHECK(link.health().superseded == 999);
    for (int i = 0; i < 50; ++i) {
        link.show(page_of("next " + std::to_string(i)));
        bench.io.restart();
        bench.io.poll();
    }
    REQUIRE(bench.shows("next 49"));
    REQUIRE(bench.until([&] { return link.health().up_to_date; }));
    CHECK(link.health().pages <= 4);
    CHECK(bench.sign.sign().errors().empty());
}

TEST_CASE("there is never more than one frame on the wire", "[signs][link]") {
    Bench bench;
    SignLink link(bench.io, bench.settings(), {}, Bench::timing());
    std::size_t largest = 0;
    const auto* driver = find_driver("alpha");
    for (const auto& packet : driver->initialise(Setup{})) largest = std::max(largest, packet.bytes.size());
    for (int i = 0; i < 6; ++i) {
        const Page page = page_of("page " + std::to_string(i) + std::string(100, '.'));
        for (const auto& packet : driver->show(page, Setup{})) largest = std::max(largest, packet.bytes.size());
        link.show(page);
        REQUIRE(bench.shows(text_of(page)));
    }
    CHECK(bench.sign.most_waiting() > 0);
    CHECK(bench.sign.most_waiting() <= largest);
    CHECK(bench.sign.sign().errors().empty());
}

TEST_CASE("after an unplug the link opens the port again and shows the newest page", "[signs][link]") {
    Bench bench;
    std::vector<std::string> logged;
    const auto log = [&](LogLevel, const std::string& line) { logged.push_back(line); };
    SignLink link(bench.io, bench.settings(), log, Bench::timing());
    link.show(page_of("before"));
    REQUIRE(bench.shows("before"));
    bench.sign.unplug();
    REQUIRE(bench.until([&] { return link.health().state == LinkState::waiting; }));
    CHECK_FALSE(link.health().up_to_date);
    link.show(page_of("after"));
    REQUIRE(bench.until([&] { return link.health().retries >= 3; }));
    CHECK(link.health().errors.contains("lost"));
    CHECK(link.health().errors.contains("missing"));
    bench.sign.plug();
    REQUIRE(bench.shows("after"));
    REQUIRE(bench.until([&] { return link.health().up_to_date; }));
    CHECK(link.health().state == LinkState::showing);
    // The same trouble again and again is told once, and so is its end.
    REQUIRE(logged.size() == 3);
    CHECK(logged.back() == "sign bay-1: it is back and shows its page again");
}

TEST_CASE("a sign that lost its memory is set up again at the next check", "[signs][link]") {
    Bench bench;
    LinkTiming timing = Bench::timing();
    timing.check = std::chrono::seconds(2);
    SignLink link(bench.io, bench.settings(), {}, timing);
    link.show(page_of("HU-A12345"));
    REQUIRE(bench.shows("HU-A12345"));
    REQUIRE(bench.until([&] { return link.health().answers; }));
    bench.sign.power_cycle();
    REQUIRE(bench.shown().empty());
    REQUIRE(bench.shows("HU-A12345"));
    CHECK(link.health().errors.at("memory") >= 1);
}

TEST_CASE("everything is written again at every refresh", "[signs][link]") {
    Bench bench;
    LinkTiming timing = Bench::timing();
    timing.refresh = std::chrono::seconds(10);
    timing.check = std::chrono::hours(1);
    SignLink link(bench.io, bench.settings(), {}, timing);
    link.show(page_of("HU-A12345"));
    REQUIRE(bench.shows("HU-A12345"));
    REQUIRE(bench.until([&] { return link.health().answers && link.health().up_to_date; }));
    bench.sign.power_cycle();
    REQUIRE(bench.shows("HU-A12345"));
}

TEST_CASE("on stop the sign shows the neutral text, and nothing after it", "[signs][link]") {
    Bench bench;
    SignLink link(bench.io, bench.settings(), {}, Bench::timing());
    link.show(page_of("HU-A12345"));
    REQUIRE(bench.shows("HU-A12345"));
    int done = 0;
    link.stop(page_of("Welcome"), [&] { ++done; });
    link.show(page_of("HU-B99999"));
    REQUIRE(bench.until([&] { return done == 1; }));
    CHECK(link.health().state == LinkState::stopped);
    REQUIRE(bench.shows("Welcome"));
    link.show(page_of("HU-B99999"));
    for (int i = 0; i < 100; ++i) {
        bench.io.restart();
        bench.io.poll();
    }
    CHECK(bench.shown() == "Welcome");
    CHECK(done == 1);
}

TEST_CASE("stop comes to an end when the port is away or the sign is being set up", "[signs][link]") {
    Bench bench;
    const bool plugged = GENERATE(true, false);
    CAPTURE(plugged);
    if (!plugged) bench.sign.unplug();
    LinkTiming timing = Bench::timing();
    timing.stop = std::chrono::minutes(1);  // the set-up alone takes most of the usual six seconds
    SignLink link(bench.io, bench.settings(), {}, timing);
    REQUIRE(bench.until([&] { return link.health().state == (plugged ? LinkState::setting_up : LinkState::waiting); }));
    bool done = false;
    link.stop(page_of("Welcome"), [&] { done = true; });
    REQUIRE(bench.until([&] { return done; }));
    if (plugged) CHECK(bench.shows("Welcome"));
}

TEST_CASE("a trace is told every byte in both directions, and what went wrong", "[signs][link]") {
    Bench bench;
    SignLink link(bench.io, bench.settings(), {}, Bench::timing());
    Bytes sent, received;
    std::vector<std::string> notes;
    link.trace([&](const TraceEntry& entry) {
        CHECK(entry.at.time_since_epoch().count() > 0);
        auto& bytes = entry.kind == TraceEntry::Kind::sent ? sent : received;
        bytes.insert(bytes.end(), entry.bytes.begin(), entry.bytes.end());
        if (entry.kind == TraceEntry::Kind::note) notes.push_back(entry.note);
    });
    link.show(page_of("HU-A12345"));
    REQUIRE(bench.until([&] { return link.health().up_to_date && link.health().answers; }));
    const std::string out(sent.begin(), sent.end()), in(received.begin(), received.end());
    CHECK(out.find("HU-A12345") != std::string::npos);
    CHECK(in.find("E$") != std::string::npos);
    bench.sign.unplug();
    REQUIRE(bench.until([&] { return notes.size() >= 2; }));
    CHECK(notes[0] == "pty:" + bench.path() + " is open");
    CHECK(notes[1].find("unplugged") != std::string::npos);
    link.trace({});
    bench.sign.plug();
    const auto told = sent.size();
    REQUIRE(bench.until([&] { return link.health().up_to_date; }));
    CHECK(sent.size() == told);
}

TEST_CASE("a link may go while it is busy", "[signs][link]") {
    Bench bench;
    {
        SignLink link(bench.io, bench.settings(), {}, Bench::timing());
        link.show(page_of("HU-A12345"));
        REQUIRE(bench.until([&] { return link.health().state == LinkState::setting_up; }));
    }
    bench.io.restart();
    bench.io.run();  // returns: nothing is left to do
    SUCCEED();
}

TEST_CASE("a port in use by another link is left alone and taken over when it is free", "[signs][link]") {
    Bench bench;
    auto first = std::make_unique<SignLink>(bench.io, bench.settings(), SignLog{}, Bench::timing());
    first->show(page_of("first"));
    REQUIRE(bench.shows("first"));
    SignLink second(bench.io, bench.settings(), {}, Bench::timing());
    second.show(page_of("second"));
    REQUIRE(bench.until([&] { return second.health().errors.contains("busy"); }));
    CHECK(bench.shown() == "first");
    first.reset();
    REQUIRE(bench.shows("second"));
}

TEST_CASE("brightness and clock reach the sign", "[signs][link]") {
    Bench bench;
    SignLink link(bench.io, bench.settings(), {}, Bench::timing());
    link.show(page_of("HU-A12345"));
    link.set_clock(
        [] { return SignClock{.year = 2026, .month = 11, .day = 22, .weekday = 0, .hour = 9, .minute = 5}; });
    REQUIRE(bench.shows("HU-A12345"));
    link.set_brightness(20);
    REQUIRE(bench.until([&] { return bench.sign.sign().glass().brightness < 50; }));
    CHECK(bench.sign.sign().errors().empty());
}

TEST_CASE("a sign behind a serial server is reached over tcp", "[signs][link]") {
    using tcp = asio::ip::tcp;
    Bench bench;
    tcp::acceptor acceptor(bench.io, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    SignSettings settings = bench.settings();
    settings.port = *parse_port("tcp://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()));
    const auto sign = find_driver("alpha")->simulate(Setup{});
    const auto begin = std::chrono::steady_clock::now();
    std::optional<tcp::socket> peer;
    std::array<std::uint8_t, 1024> chunk{};
    std::function<void()> read = [&] {
        peer->async_read_some(asio::buffer(chunk), [&](boost::system::error_code failed, std::size_t count) {
            if (failed) return;
            const auto real = std::chrono::steady_clock::now() - begin;
            const auto reply = sign->receive(std::span(chunk).first(count), begin + real * int(support::bench_speed));
            if (!reply.empty()) asio::write(*peer, asio::buffer(reply));
            read();
        });
    };
    std::function<void()> accept = [&] {
        acceptor.async_accept([&](boost::system::error_code failed, tcp::socket socket) {
            if (failed) return;
            peer = std::move(socket);
            read();
            accept();
        });
    };
    accept();
    SignLink link(bench.io, settings, {}, Bench::timing());
    link.show(page_of("one"));
    const auto shows = [&](const std::string& text) { return text_of(sign->glass().page) == text; };
    REQUIRE(bench.until([&] { return shows("one") && link.health().answers; }));
    peer->close();  // the serial server goes away
    link.show(page_of("two"));
    REQUIRE(bench.until([&] { return shows("two"); }));
    CHECK(link.health().errors.contains("lost"));
    CHECK(sign->errors().empty());
}

TEST_CASE("a tcp port that nobody listens on is tried again and said in a sentence", "[signs][link]") {
    using tcp = asio::ip::tcp;
    Bench bench;
    std::string port;
    {
        tcp::acceptor gone(bench.io, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
        port = std::to_string(gone.local_endpoint().port());
    }
    SignSettings settings = bench.settings();
    settings.port = *parse_port("tcp://127.0.0.1:" + port);
    SignLink link(bench.io, settings, {}, Bench::timing());
    REQUIRE(bench.until([&] {
        auto errors = link.health().errors;
        return errors["missing"] >= 2;
    }));
    CHECK(link.health().last_error.starts_with("tcp://127.0.0.1:" + port + " does not answer"));
}
