// The computer's clock jumps by hours, and is wrong at boot: the real daemon under a shim that moves its clock.
#include "protocol/times.hpp"
#include "tests/support/daemon_process.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temp_dir.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <fstream>
#include <string>

using namespace baytime;
using namespace baytime::support;
namespace json = boost::json;

namespace {

constexpr long hour = 3600;

/// A shop on the real time, whose computer's clock the test sets.
class Shop {
public:
    explicit Shop(long wrong_by = 0) : clock_((dir_.path() / "clock").string()) {
        set(wrong_by);
        config_ = write_shop(dir_.path(), "", "speed = 0\nstart = \"2026-11-21T09:00\"", "speed = 1");
        start();
    }

    void start() {
        daemon_ = std::make_unique<DaemonProcess>(
            config_, std::vector<std::string>{"LD_PRELOAD=" + baytime::support::built("tests/libclock_shim.so"),
                                              // A daemon built with sanitizers need not be first then.
                                              "ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0",
                                              "BAYTIME_CLOCK=" + clock_});
    }
    void restart() {
        REQUIRE(daemon_->stop() == 0);
        start();
    }

    /// `systemctl reload`, and until it is done.
    void reload() const {
        const auto before = call("health").at("reloads").to_number<std::int64_t>();
        daemon_->signal(SIGHUP);
        while (call("health").at("reloads").to_number<std::int64_t>() == before) {
        }
    }
    std::string log() const { return daemon_->log(); }

    /// The clock is so many seconds from the real time; moved in one step, as a reader may look at any moment.
    void set(long seconds, bool synchronised = false) const {
        std::ofstream(clock_ + ".new") << seconds << (synchronised ? " 1" : " 0") << '\n';
        std::filesystem::rename(clock_ + ".new", clock_);
    }

    client::Client connect() const { return daemon_->connect(); }

    std::string say(const std::string& line) const {
        auto talk = daemon_->connect();
        const auto reply = ask(talk, line);
        CAPTURE(line, reply);
        REQUIRE(reply.starts_with("OK"));
        return reply;
    }

    json::object call(const std::string& method, const std::string& parameters = "{}") const {
        auto talk = daemon_->connect();
        const auto reply =
            ask(talk, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + parameters + "}");
        return json::parse(reply).at("result").as_object();
    }

    /// A car is received with a promise in so many minutes, made ready, and handed over at once.
    std::string hand_over(const std::string& order, const std::string& promise) const {
        bring(order, promise);
        return say("deliver " + order + " amount=100 as=301");
    }
    void bring(const std::string& order, const std::string& promise) const {
        say("receive " + order + " plate=沪A7D3K8 model=朗逸 type=repair promise=" + promise + " as=301");
        make_ready(order);
    }
    void make_ready(const std::string& order) const {
        say("assign " + order + " 2 101 as=201");
        say("start " + order + " as=101");
        say("finish " + order + " as=101");
        say("inspect " + order + " passed as=402");
        say("ready " + order + " as=201");
    }

    json::object job(const std::string& order) const { return call("show", "{\"order\":\"" + order + "\"}"); }
    std::string clock() const { return std::string(call("health").at("clock").as_string()); }
    /// How many jobs the reports know of today and of the real day, whichever these are.
    std::int64_t settled(const std::string& month) const {
        return call("report", "{\"kind\":\"monthly\",\"month\":\"" + month + "\"}")
            .at("total")
            .at("settled")
            .as_int64();
    }
    std::string history(const std::string& order) const {
        auto talk = daemon_->connect();
        std::string out;
        talk.send("history " + order);
        for (;;) {
            const auto line = talk.wait_line(daemon_deadline);
            if (!line.starts_with("- ")) return out;
            out += line + "\n";
        }
    }
    /// The first push of a display that begins to watch.
    std::string first_push() const {
        auto talk = daemon_->connect();
        talk.send(R"({"jsonrpc":"2.0","id":1,"method":"watch","params":{"view":"lounge"}})");
        for (;;) {
            auto line = talk.wait_line(daemon_deadline);
            if (line.find("\"method\":\"view\"") != std::string::npos) return line;
        }
    }

private:
    TempDir dir_;
    std::string clock_, config_;
    std::unique_ptr<DaemonProcess> daemon_;
};

json::value verdict_of(const json::object& job) {
    const auto* stamp = job.if_contains("settlement");
    return stamp == nullptr || stamp->is_null() ? json::value(nullptr) : stamp->at("verdict");
}

Instant moment(const json::value& text) {
    const auto at = protocol::from_iso(std::string_view(text.as_string()));
    REQUIRE(at);
    return *at;
}

/// The job after the daemon has looked at the clock again, as it does before it decides anything.
json::object looked_again(const Shop& shop, const std::string& order) {
    shop.say("receive Z9 plate=沪A54321 model=朗逸 type=repair promise=+90 as=301");
    return shop.job(order);
}

}  // namespace

TEST_CASE("a clock that jumps by hours holds verdicts back until it is as before, and changes none", "[clock]") {
    const long jump = GENERATE(5 * hour, -5 * hour);
    CAPTURE(jump);
    Shop shop;
    CHECK(shop.clock() == "trusted");
    shop.bring("R1", "+60");
    shop.set(jump);
    const auto reply = shop.say("deliver R1 amount=100 as=301");
    CHECK(reply.find("held=yes") != std::string::npos);
    CHECK(reply.find("verdict=") == std::string::npos);
    CHECK(shop.clock() == "jumped");
    CHECK(verdict_of(shop.job("R1")).is_null());
    CHECK(shop.first_push().find("\"trusted\":false") != std::string::npos);
    shop.set(0);
    const auto job = looked_again(shop, "R1");
    CHECK(shop.clock() == "trusted");
    CHECK(verdict_of(job) == "on_time");
    CHECK(job.at("settlement").at("amount") == 10000);
    // The clocks agree again to the minute, so the hand-over was not moved by more.
    const auto moved = moment(job.at("settlement").at("settled_at")) - moment(job.at("delivered_at"));
    CHECK(std::chrono::abs(moved) <= std::chrono::minutes(1));
}

TEST_CASE("a verdict that was held comes out the same after a restart", "[clock]") {
    Shop shop;
    shop.bring("R1", "+60");
    shop.set(-5 * hour);
    shop.say("deliver R1 as=301");
    shop.restart();
    // The clock still shows less than the journal holds.
    CHECK(shop.clock() == "behind_journal");
    CHECK(verdict_of(shop.job("R1")).is_null());
    shop.set(0);
    const auto job = looked_again(shop, "R1");
    CHECK(verdict_of(job) == "on_time");
    shop.restart();
    CHECK(shop.job("R1").at("settlement") == job.at("settlement"));
    CHECK(shop.history("R1").find("verdict_stamped") != std::string::npos);
}

TEST_CASE("with a clock that is wrong at boot, promise and hand-over are put right together", "[clock]") {
    // A computer that thinks it is 1970 or some years ago: before this program existed.
    const long wrong = GENERATE(-20 * 365 * 24 * hour, -6 * 365 * 24 * hour);
    CAPTURE(wrong);
    Shop shop(wrong);
    CHECK(shop.clock() == "before_program");
    shop.hand_over("R1", "+60");
    CHECK(verdict_of(shop.job("R1")).is_null());
    shop.set(0);
    const auto job = looked_again(shop, "R1");
    CHECK(verdict_of(job) == "on_time");
    const std::string now = std::string(shop.call("ping").at("now").as_string()).substr(0, 7);
    CHECK(std::string(job.at("settlement").at("settled_at").as_string()).substr(0, 4) == now.substr(0, 4));
    CHECK(shop.settled(now) == 1);
}

TEST_CASE("with a right clock a verdict is stamped at once", "[clock]") {
    Shop shop;
    const auto reply = shop.hand_over("R1", "+60");
    CHECK(reply.find("verdict=on_time") != std::string::npos);
    CHECK(reply.find("held") == std::string::npos);
    CHECK(shop.history("R1").find("verdict_stamped") == std::string::npos);
}

TEST_CASE("a clock that is months ahead at boot stretches no work and stamps no verdict until a person confirms it",
          "[clock]") {
    Shop shop;
    shop.say("receive R1 plate=沪A7D3K8 model=朗逸 type=repair promise=+60 as=301");
    shop.say("assign R1 2 parked as=201");
    shop.say("start R1 as=101");
    shop.set(300 * 24 * hour);
    shop.restart();
    CHECK(shop.clock() == "far_ahead");
    CHECK(shop.call("health").at("health") == "clock-ahead");
    CHECK(shop.first_push().find("\"trusted\":false") != std::string::npos);
    shop.say("finish R1 as=101");
    shop.say("inspect R1 passed as=402");
    shop.say("ready R1 as=201");
    const auto reply = shop.say("deliver R1 amount=100 as=301");
    CHECK(reply.find("held=yes") != std::string::npos);
    CHECK(shop.job("R1").at("worked_minutes").to_number<std::int64_t>() < 60);

    SECTION("it was right: the shop was closed so long") {
        shop.reload();
        CHECK(shop.clock() == "trusted");
    }
    SECTION("it was wrong, and is set") {
        shop.set(0);
        CHECK(verdict_of(looked_again(shop, "R1")) == "on_time");
        CHECK(shop.clock() == "trusted");
    }
    CHECK(shop.job("R1").at("worked_minutes").to_number<std::int64_t>() < 60);
}

TEST_CASE("a clock that is months ahead at boot is believed when a time server steers it", "[clock]") {
    Shop shop;
    shop.say("receive R1 plate=沪A7D3K8 model=朗逸 type=repair promise=+60 as=301");
    shop.set(300 * 24 * hour, true);
    shop.restart();
    CHECK(shop.clock() == "trusted");
}

TEST_CASE("entries later than the clock are told with what helps, and a reload says that it cannot", "[clock]") {
    Shop shop(100 * hour);
    shop.say("receive R1 plate=沪A7D3K8 model=朗逸 type=repair promise=+60 as=301");
    shop.set(0);
    shop.restart();
    CHECK(shop.clock() == "behind_journal");
    CHECK(shop.call("health").at("health") == "clock-behind");
    shop.reload();
    CHECK(shop.clock() == "behind_journal");
    CHECK(shop.log().find("clock_not_taken_over") != std::string::npos);
}
