// Times at the line: a command's acknowledgement, the first and the last byte of what it changes.
#include "tests/bench/row.hpp"
#include "tests/bench/signs/lcdd.hpp"
#include "tests/bench/signs/one_sign.hpp"

#include <poll.h>

#include <random>

namespace baytime::bench {

using namespace std::chrono_literals;

namespace {

constexpr int rounds = 3, lcdd_rounds = 9;
constexpr auto flood_time = 2s;
constexpr auto between_updates = 10ms;  // 100 updates a second
/// Longer than a sign is left alone after a frame and asked about it.
constexpr auto rest_between = 1200ms;

double ms(Clock::duration time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

/// Six bytes of text that differ each time, and digits alone for a display of digits.
support::HungSign sign_with(const support::SignFamily& family, const std::string& form) {
    auto sign = support::hung(family, "sign", "1");
    sign.texts = "state = \"" + form + "\"\nready = \"" + form + "\"\nidle = \"0\"\nstale = \"9\"\nneutral = \"\"\n";
    return sign;
}

std::string model_of(int n) {
    return std::to_string(1000 + n % 9000);
}

void last_byte(const support::SignFamily& family) {
    OneSign sign(sign_with(family, "{model}"));
    Row row{.name = std::string(family.name) + ": acknowledgement to last byte, 9600 baud",
            .unit = "ms",
            .reference = "its bytes x 10 / baud",
            .goal = {.limit = 1.25}};
    for (int n = 1; n <= rounds; ++n) {
        sign.until_quiet(rest_between);
        const auto before = sign.glass().page;
        const auto wanted = model_of(n);
        const auto at = sign.change("correct 1 model=" + wanted + " as=301",
                                    [&](const signs::Glass& glass) { return text_of(glass.page) == wanted; });
        auto setup = sign.settings();
        setup.setup.baud = 9600;
        const auto bytes = bytes_of(packets_between(before, sign.glass().page, setup));
        row.ours.push_back(ms(at.last_byte - at.acknowledged));
        row.theirs.push_back(static_cast<double>(bytes) * bits_per_byte * 1000 / 9600);
    }
    print(row);
}

/// 16 letters that all differ from those before.
std::string letters(int n) {
    std::string out(16, ' ');
    for (int i = 0; i < 16; ++i) out[static_cast<std::size_t>(i)] = static_cast<char>('A' + (n * 7 + i) % 26);
    return out;
}

struct Beside {
    std::vector<double> us{}, bytes{};
    std::vector<double> last_us{};          ///< to the last byte, on a line of 9600 baud
    std::vector<double> acknowledged_us{};  ///< ours: how much of that is the journal's
};

Beside ours_beside_lcdd() {
    OneSign sign(sign_with(support::sign_families.front(), "{model}"));
    Beside out;
    for (int n = 1; n <= lcdd_rounds; ++n) {
        sign.until_quiet(rest_between);
        const auto before = sign.glass().page;
        const auto at = sign.change("correct 1 model=" + letters(n) + " as=301",
                                    [&](const signs::Glass& glass) { return text_of(glass.page) == letters(n); });
        out.acknowledged_us.push_back(std::chrono::duration<double, std::micro>(at.acknowledged - at.sent).count());
        out.us.push_back(std::chrono::duration<double, std::micro>(at.first_byte - at.sent).count());
        out.last_us.push_back(std::chrono::duration<double, std::micro>(at.last_byte - at.sent).count());
        out.bytes.push_back(static_cast<double>(bytes_of(packets_between(before, sign.glass().page, sign.settings()))));
    }
    return out;
}

std::optional<Beside> lcdd(const std::string& directory, std::chrono::microseconds frame) {
    const auto peer = Lcdd::start(directory, frame);
    if (!peer) return std::nullopt;
    std::mt19937 random(1);
    Beside out;
    for (int n = 1; n <= lcdd_rounds; ++n) {
        ::poll(nullptr, 0, static_cast<int>(random() % 200));  // its frames and ours must not keep step
        const auto change = peer->change(letters(n));
        out.us.push_back(change.text_us);
        out.bytes.push_back(change.bytes);
        // A pseudo-terminal takes its bytes at once; a line of 9600 baud takes this much longer.
        out.last_us.push_back(change.text_us + change.bytes * bits_per_byte * 1e6 / 9600);
    }
    return out;
}

void beside_lcdd() {
    const support::TempDir directory;
    const auto ours = ours_beside_lcdd();
    const auto usual = lcdd((directory.path() / "usual").string(), 125ms);
    const auto fastest = lcdd((directory.path() / "fastest").string(), 1ms);
    if (!usual || !fastest) return print_missing("TCP command to first byte", "LCDd is not installed");
    print({.name = "TCP command to first byte, stored durably",
           .unit = "us",
           .reference = "LCDd MtxOrb",
           .ours = ours.us,
           .theirs = usual->us,
           .goal = {.limit = 0.01}});
    print({.name = "TCP command to first byte, stored durably",
           .unit = "us",
           .reference = "LCDd MtxOrb, frames of 1 ms",
           .ours = ours.us,
           .theirs = fastest->us,
           .goal = {.limit = 0.05}});
    for (const auto& [peer, figures] :
         {std::pair("LCDd MtxOrb", &*usual), std::pair("LCDd MtxOrb, frames of 1 ms", &*fastest)})
        print({.name = "TCP command to last byte, stored durably, 9600 baud",
               .unit = "us",
               .reference = peer,
               .ours = ours.last_us,
               .theirs = figures->last_us,
               .goal = {.limit = 0.5}});
    print({.name = "TCP command to first byte, beside its acknowledgement",
           .unit = "us",
           .reference = "command to acknowledgement: commit and reply",
           .ours = ours.us,
           .theirs = ours.acknowledged_us,
           .goal = {.limit = 1.5}});
    print({.name = "bytes for 16 changed characters",
           .unit = "bytes",
           .reference = "LCDd MtxOrb",
           .ours = ours.bytes,
           .theirs = usual->bytes,
           .goal = {.limit = 0.6}});
}

/// The age of a text when its last byte is there, while updates come faster than the line could carry them.
void flood(const support::SignFamily& family) {
    OneSign sign(sign_with(family, "{model}"));
    sign.until_quiet(rest_between);
    std::vector<Clock::time_point> sent;
    Row row{.name = std::string(family.name) + ": age of the text in a flood of 100 updates/s, 9600 baud",
            .unit = "ms",
            .reference = "line time of one frame",
            .goal = {.limit = 2.5}};
    auto shown = sign.glass().page;
    auto due = Clock::now();
    sign.play(flood_time, [&] {
        const auto page = sign.glass().page;
        if (page != shown && !text_of(page).empty()) {
            const auto n = static_cast<std::size_t>(std::stoi(text_of(page)) - 1000);
            const auto bytes = bytes_of(packets_between(shown, page, sign.settings()));
            if (n < sent.size()) {
                row.ours.push_back(ms(sign.carried() - sent[n]));
                row.theirs.push_back(static_cast<double>(bytes) * bits_per_byte * 1000 / 9600);
            }
            shown = page;
        }
        for (; Clock::now() >= due && sent.size() < 9000; due += between_updates) {
            sign.say("correct 1 model=" + model_of(static_cast<int>(sent.size())) + " as=301");
            sent.push_back(Clock::now());
        }
    });
    print(row);
}

}  // namespace

void sign_latency() {
    for (const auto& family : support::sign_families) last_byte(family);
    beside_lcdd();
    for (const auto& family : support::sign_families) flood(family);
}

}  // namespace baytime::bench
