// 64 signs on 16 lines, four families, all over one bay: processor time of the daemon, and the longest wait of a sign.
#include "tests/bench/load.hpp"
#include "tests/bench/row.hpp"
#include "tests/bench/signs/parts.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace baytime::bench {

using namespace support;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int lines = 16, signs_on_a_line = 4, changes = 4;
constexpr std::chrono::seconds patience{60};
/// What the daemon may use of one processor for 64 signs, in percent, while all of them change every few seconds.
constexpr double share_limit = 2;

struct OnALine {
    std::string_view driver{}, address{}, place{}, options{};
};
constexpr OnALine kinds[] = {
    {"alpha", "0", "", ""},
    {"onbon", "000", "columns = 96\nrows = 32\n", ""},
    {"modbus", "", "columns = 128\nrows = 32\n", "profile = \"text-panel\"\n"},
    {"am03127", "0", "", ""},
};

std::vector<HungSign> all_signs() {
    std::vector<HungSign> out;
    for (int line = 0; line < lines; ++line) {
        const auto& kind = kinds[line % std::ssize(kinds)];
        for (int i = 1; i <= signs_on_a_line; ++i) {
            HungSign sign{.name = "sign-" + std::to_string(line) + "-" + std::to_string(i),
                          .driver = std::string(kind.driver),
                          .line = "line-" + std::to_string(line),
                          .place = "address = \"" + std::string(kind.address) + std::to_string(i) + "\"\n" +
                                   std::string(kind.place),
                          .options = std::string(kind.options)};
            sign.texts = "state = \"{model}\"\nready = \"{model}\"\nidle = \"0\"\nstale = \"9\"\nneutral = \"\"\n";
            out.push_back(std::move(sign));
        }
    }
    return out;
}

/// The least that the slowest line takes for its signs one after another: their bytes, and the rests they ask for.
double least_seconds(const std::vector<HungSign>& all) {
    double most = 0;
    for (const auto& one : all) {
        const auto settings = settings_of(one);
        const auto packets = packets_between(signs::page_of("1001"), signs::page_of("1002"), settings);
        const double bytes = static_cast<double>(bytes_of(packets));
        double rest = 0;
        for (const auto& packet : packets) rest += std::chrono::duration<double>(packet.pause_after).count();
        const double each = bytes * bits_per_byte / settings.port.baud;
        most = std::max(most, signs_on_a_line * each + (signs_on_a_line - 1) * rest);
    }
    return most;
}

}  // namespace

void many_signs() {
    const auto signs = all_signs();
    SignHall hall(signs);
    put_into_bay(hall, "1", "101", "", "101");
    const auto all_show = [&](const std::string& text) {
        return std::ranges::all_of(signs, [&](const HungSign& sign) { return hall.glass(sign.name) == text; });
    };
    if (!hall.until([&] { return all_show("Golf"); }, patience)) throw std::runtime_error("not all 64 signs came up");
    std::vector<double> lags;
    const double cpu = cpu_us(hall.daemon().id());
    const auto begin = Clock::now();
    for (int n = 1; n <= changes; ++n) {
        const auto model = std::to_string(1000 + n);
        hall.say("correct 101 model=" + model + " as=301");
        const auto since = Clock::now();
        if (!hall.until([&] { return all_show(model); }, patience)) throw std::runtime_error("a sign stays behind");
        lags.push_back(std::chrono::duration<double>(Clock::now() - since).count());
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    print({.name = "64 signs on 16 lines, all changing: CPU",
           .unit = "% of a core",
           .reference = "limit",
           .ours = {(cpu_us(hall.daemon().id()) - cpu) / seconds / 1e6 * 100},
           .theirs = {share_limit},
           .goal = {.limit = 1}});
    print({.name = "64 signs on 16 lines: worst lag of any",
           .unit = "s",
           .reference = "line time and rests of four signs on the slowest line",
           .ours = {*std::ranges::max_element(lags)},
           .theirs = {least_seconds(signs)},
           .goal = {.limit = 2}});
}

}  // namespace baytime::bench
