// The simulator's refusals: what is in order is refused all the same, in the words of each protocol.
#include "display-drivers/signs/setup.hpp"
#include "tests/signs/frames.hpp"
#include "tests/signs/modbus_bench.hpp"
#include "tests/signs/raw_bench.hpp"

#include <catch2/catch.hpp>

using namespace baytime::signs;

namespace {

Setup usual(const char* driver) {
    Setup out = usual_setup(*find_driver(driver));
    out.shape = {.columns = 96, .rows = 16};
    return out;
}

struct Case {
    const char* driver;
    Setup setup;
    const char* words;  ///< of the refusal; empty: the protocol has none
};

std::vector<Case> cases() {
    return {
        {"onbon", usual("onbon"),
         "A5 A5 A5 A5 A5 A5 A5 A5 00 80 01 00 00 00 00 00 00 00 51 02 05 00 A0 01 03 00 00 ?? ?? 5A"},
        {"modbus", usual("modbus"), "01 86 06 C2 62"},
        {"modbus", support::shipped_setup("text-panel"), "01 86 06 C2 62"},
        {"am03127", usual("am03127"), "4E 41 43 4B"},
        {"cpower", usual("cpower"), "A5 E8 32 01 7B 01 00 00 00 00 97 01 AE"},
        {"raw", support::shipped_raw_setup("strip"), "55 AA 00 15"},
        {"raw", support::shipped_raw_setup("plain"), ""},
        {"alpha", usual("alpha"), ""},
    };
}

/// `??` is any byte; hex() ends with a blank.
bool matches(const std::string& text, const std::string& form) {
    if (text.size() != form.size() + 1) return false;
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] != '?' && form[i] != text[i]) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("a simulated sign told to refuse does so in its protocol's words, and takes the same frame after that",
          "[signs][signsim][faults]") {
    for (const Case& c : cases()) {
        const Driver& driver = *find_driver(c.driver);
        CAPTURE(c.driver, c.words);
        const auto sign = driver.simulate(c.setup);
        Moment at{std::chrono::hours(1)};
        const auto say = [&](const Packet& packet) {
            const Bytes reply = sign->receive(packet.bytes, at);
            at += packet.pause_after + std::chrono::milliseconds(100);
            return reply;
        };
        for (const Packet& packet : driver.initialise(c.setup)) say(packet);
        CHECK(sign->refuse_next(1) == !std::string_view(c.words).empty());
        const Glass before = sign->glass();
        const auto packets = driver.show(page_of("12"), c.setup);
        for (const Packet& packet : packets) {
            Bytes reply = say(packet);
            if (packet.bytes == packets[0].bytes && !std::string_view(c.words).empty()) {
                CHECK(matches(support::hex(reply), c.words));
                CHECK(driver.acknowledge(packet, reply, c.setup) == Answer::bad);
                CHECK(sign->glass() == before);
                reply = say(packet);
            }
            if (packet.acknowledged) CHECK(driver.acknowledge(packet, reply, c.setup) == Answer::good);
        }
        CHECK(text_of(sign->glass().page) == "12");
        CHECK(sign->error_count() == (std::string_view(c.words).empty() ? 0 : 1));
    }
}
