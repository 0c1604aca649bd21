// What every sign driver must bear, whatever bytes come: decoding loses none of them and what it explains encodes to
// the same bytes again; replies are judged; pages are shown; the simulated sign lives on.
#include "display-drivers/signs/fields.hpp"
#include "display-drivers/signs/setup.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/signs/raw_bench.hpp"

#include <algorithm>

namespace baytime::fuzz {

namespace {

using namespace signs;

using Wire = std::span<const std::uint8_t>;

/// Not long before the simulated sign sees the next bytes; every fourth gap is longer than any protocol allows.
constexpr std::chrono::milliseconds short_gap{1}, long_gap{1100};

void decode_all(const Driver& driver, Wire wire, const Setup& setup) {
    std::size_t at = 0;
    for (const auto& found : driver.codec->decode(wire, setup)) {
        const auto& frame = found.get_object();
        require(frame.at("offset").to_number<std::size_t>() == at, "decoded frames follow each other");
        const auto length = frame.at("length").to_number<std::size_t>();
        require(is_made_of(driver.codec->encode(frame, setup), wire.subspan(at, length)),
                "encode(decode(bytes)) are the bytes");
        at += length;
    }
    require(at == wire.size(), "decoding loses no byte");
}

/// The bytes arrive in pieces; the first byte of each says how long it is and how long the rest before it was.
void play(const Driver& driver, Wire wire, const Setup& setup) {
    const auto sign = driver.simulate(setup);
    Moment now{std::chrono::hours(1)};
    while (!wire.empty()) {
        const std::size_t length = std::min<std::size_t>(1 + wire[0] % 64, wire.size());
        now += wire[0] % 4 == 0 ? long_gap : short_gap;
        sign->receive(wire.first(length), now);
        wire = wire.subspan(length);
    }
    sign->receive({}, now + std::chrono::hours(24));
    sign->glass();
    sign->power_cycle();
}

void play_at_once(const Driver& driver, Wire wire, const Setup& setup) {
    const auto sign = driver.simulate(setup);
    sign->receive(wire, Moment{std::chrono::hours(1)});
    sign->glass();
}

void answer(const Driver& driver, Wire reply, const Setup& setup) {
    if (driver.acknowledge != nullptr) driver.acknowledge(Packet{}, reply, setup);
    if (driver.judge == nullptr) return;
    for (const auto question : {Question::memory, Question::errors}) driver.judge(question, reply, setup);
}

/// What the driver makes of any text, its own simulated sign takes.
void show(const Driver& driver, Wire bytes, const Setup& setup) {
    const auto sign = driver.simulate(setup);
    Moment now{std::chrono::hours(1)};
    auto packets = driver.initialise(setup);
    std::ranges::move(driver.show(page_of(std::string(bytes.begin(), bytes.end())), setup),
                      std::back_inserter(packets));
    for (const Packet& packet : packets) {
        sign->receive(packet.bytes, now);
        now += packet.pause_after + short_gap;
    }
    require(!sign->errors().contains("checksum"), "a driver's own frames carry good checksums");
    sign->glass();
}

void driver_bears(std::string_view name, std::string_view bytes, const std::vector<Setup>& setups) {
    const Driver& driver = *find_driver(name);
    const Wire wire(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    for (const Setup& setup : setups) {
        decode_all(driver, wire, setup);
        play(driver, wire, setup);
        play_at_once(driver, wire, setup);
        answer(driver, wire, setup);
        show(driver, wire, setup);
    }
}

/// With a template that is shipped.
Setup raw_by(const std::string& name) {
    const Driver& driver = *find_driver("raw");
    Setup out = usual_setup(driver);
    out.options["template"] = name;
    driver.prepare(out, "");
    return out;
}

/// As delivered, and 16 dots high with Chinese texts.
std::vector<Setup> low_and_tall(std::string_view name) {
    const Setup low = usual_setup(*find_driver(name));
    Setup tall = low;
    tall.shape = {.columns = 96, .rows = 16};
    tall.chinese = true;
    return {low, tall};
}

}  // namespace

void bear_alpha(std::string_view bytes) {
    driver_bears("alpha", bytes, low_and_tall("alpha"));
}

void bear_am03127(std::string_view bytes) {
    driver_bears("am03127", bytes, low_and_tall("am03127"));
}

void bear_cpower(std::string_view bytes) {
    driver_bears("cpower", bytes, {usual_setup(*find_driver("cpower"))});
}

void bear_modbus(std::string_view bytes) {
    const Setup digits = usual_setup(*find_driver("modbus"));
    Setup panel = digits;
    panel.options["profile"] = "text-panel";  // its text can be read back
    driver_bears("modbus", bytes, {digits, panel});
}

void bear_onbon(std::string_view bytes) {
    driver_bears("onbon", bytes, {usual_setup(*find_driver("onbon"))});
}

void bear_raw(std::string_view bytes) {
    // With ends, checks and escapes that no shipped template has.
    static const std::vector<Setup> setups{
        raw_by("plain"), raw_by("strip"), support::raw_setup(support::escaped_template),
        support::raw_setup(support::hex_check_template), support::raw_setup(support::wide_template)};
    driver_bears("raw", bytes, setups);
}

}  // namespace baytime::fuzz
