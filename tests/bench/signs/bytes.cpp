// The smallest possible frame of a protocol is counted from its description (the drivers' manual pages): what a sign
// needs to find the frame, to know that it is meant, and to check it where the protocol demands that; one command; the
// text of the changed line alone, without colour, pauses or anything that shows it more nicely. A refresh needs one
// such frame for each line.
#include "display-drivers/signs/driver.hpp"
#include "tests/bench/row.hpp"
#include "tests/bench/signs/parts.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace baytime::bench {

using namespace signs;
using support::HungSign;
using support::SignFamily;

namespace {

/// Bytes of the smallest frame that puts a text of so many bytes on one line.
std::size_t smallest_frame(std::string_view driver, std::size_t text) {
    if (driver == "alpha") return 5 + 1 + 1 + 2 + 1 + 2 + text + 1;  // sync, SOH, type, address, STX, `G` label, EOT
    if (driver == "onbon")
        return 8 + 14 + 5 + 2 + 2 + 27 + text + 2 + 1;             // head, header, command, counts, length, area
    if (driver == "modbus") return 7 + (text + 1) / 2 * 2 + 2;     // unit, function, register, count, bytes; CRC
    if (driver == "am03127") return 6 + 6 * 4 + text + 2 + 3;      // `<ID01>`, six tags of four letters, sum, `<E>`
    if (driver == "cpower") return 1 + 9 + 9 + text + 2 + 1;       // CC 85, the shortest of its text commands
    if (driver == "raw") return 2 + 1 + 2 + 1 + 1 + text + 2 + 1;  // head, address, length, command, line; CRC, end
    throw std::runtime_error("no smallest frame is known for " + std::string(driver));
}

/// What keeps a family from the smallest frame.
std::string_view why_more(std::string_view family) {
    if (family == "modbus-digits") return "; the maker knows its text only as one write of six registers";
    return "";
}

struct Change {
    std::string before{}, after{};
};

Change typical(const SignFamily& family, const Setup& setup) {
    if (family.name == "modbus-digits") return {"25", "24"};
    if (setup.shape.rows >= 32) return {"3 HU-A7**K8\nrepair 25 min", "3 HU-A7**K8\nrepair 24 min"};
    return {"3 HU-A7**K8 25 min", "3 HU-A7**K8 24 min"};
}

std::vector<std::string> lines_in(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

void family_rows(const SignFamily& family) {
    const auto sign = settings_of(support::hung(family, std::string(family.name), "1"));
    const Driver& driver = *find_driver(sign.driver);
    const auto [before, after] = typical(family, sign.setup);
    const auto lines = lines_in(after);
    std::size_t all_lines = 0;
    for (const auto& line : lines) all_lines += smallest_frame(family.driver, line.size());
    auto refresh = driver.show(page_of(after), sign.setup);
    std::erase_if(refresh, [](const Packet& packet) { return packet.lasting; });
    const std::string name(family.name);
    print({.name = name + ": bytes of a changed line",
           .unit = "bytes",
           .reference = "smallest possible frame" + std::string(why_more(family.name)),
           .ours = {static_cast<double>(bytes_of(packets_between(page_of(before), page_of(after), sign)))},
           .theirs = {static_cast<double>(smallest_frame(family.driver, lines.back().size()))},
           .goal = {.limit = 1.5}});
    print({.name = name + ": bytes of a full refresh",
           .unit = "bytes",
           .reference = "smallest possible frame for each line",
           .ours = {static_cast<double>(bytes_of(refresh))},
           .theirs = {static_cast<double>(all_lines)},
           .goal = {.limit = 3}});
}

}  // namespace

SignSettings settings_of(const HungSign& sign) {
    const auto file = config::File::parse("[[sign]]\nname = \"" + sign.name + "\"\ndriver = \"" + sign.driver +
                                              "\"\nport = \"pty:/run/" + sign.name + "\"\nbay = \"" + sign.bay +
                                              "\"\n" + sign.place + "[sign.text]\n" + sign.texts +
                                              (sign.options.empty() ? "" : "[sign.options]\n" + sign.options),
                                          "bench.toml");
    return read_sign(file.root().tables("sign").at(0));
}

std::vector<Packet> packets_between(const Page& before, const Page& after, const SignSettings& sign) {
    const Driver& driver = *find_driver(sign.driver);
    const auto held = driver.show(before, sign.setup);
    auto wanted = driver.show(after, sign.setup);
    std::erase_if(wanted, [&](const Packet& packet) {
        return std::ranges::any_of(
            held, [&](const Packet& one) { return one.target == packet.target && one.bytes == packet.bytes; });
    });
    return wanted;
}

std::size_t bytes_of(const std::vector<Packet>& packets) {
    std::size_t out = 0;
    for (const Packet& packet : packets) out += packet.bytes.size();
    return out;
}

void sign_bytes() {
    for (const auto& family : support::sign_families) family_rows(family);
}

}  // namespace baytime::bench
