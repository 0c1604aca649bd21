// What every driver must bear, whatever bytes come: decoding loses none of them and what it explains encodes to the
// same bytes again; replies are judged; the simulated sign lives on. A broken promise ends the program.
#pragma once

#include "display-drivers/signs/codec.hpp"
#include "display-drivers/signs/fields.hpp"
#include "display-drivers/signs/setup.hpp"

#include <cstdlib>

namespace fuzz {

using namespace baytime::signs;

inline void require(bool kept) {
    if (!kept) std::abort();
}

inline void decode_all(const Driver& driver, std::span<const std::uint8_t> wire, const Setup& setup) {
    std::size_t at = 0;
    for (const auto& found : driver.codec->decode(wire, setup)) {
        const auto& frame = found.get_object();
        require(frame.at("offset").to_number<std::size_t>() == at);
        const auto length = frame.at("length").to_number<std::size_t>();
        if (!frame.contains("fault")) {
            const auto again = driver.codec->encode(frame, setup);
            const auto* packets = std::get_if<std::vector<Packet>>(&again);
            require(packets != nullptr);
            Bytes bytes;
            for (const Packet& one : *packets) bytes.insert(bytes.end(), one.bytes.begin(), one.bytes.end());
            require(std::ranges::equal(bytes, wire.subspan(at, length)));
        }
        at += length;
    }
    require(at == wire.size());
}

/// The bytes arrive in pieces; the first byte of each says how long it is and how long the rest before it was.
inline void play(const Driver& driver, std::span<const std::uint8_t> wire, const Setup& setup) {
    const auto sign = driver.simulate(setup);
    Moment now{std::chrono::hours(1)};
    while (!wire.empty()) {
        const std::size_t length = std::min<std::size_t>(1 + wire[0] % 64, wire.size());
        now += std::chrono::milliseconds(wire[0] % 4 == 0 ? 1100 : 1);
        sign->receive(wire.first(length), now);
        wire = wire.subspan(length);
    }
    sign->receive({}, now + std::chrono::hours(24));
    sign->glass();
    sign->power_cycle();
}

inline void driver_bears(std::string_view name, std::span<const std::uint8_t> wire) {
    const Driver& driver = *find_driver(name);
    const Setup setup = usual_setup(driver);
    decode_all(driver, wire, setup);
    play(driver, wire, setup);
    const auto sign = driver.simulate(setup);
    sign->receive(wire, Moment{std::chrono::hours(1)});
    if (driver.acknowledge != nullptr) driver.acknowledge(Packet{}, wire, setup);
    driver.judge(Question::memory, wire, setup);
    const std::string text(wire.begin(), wire.end());
    driver.show(page_of(text), setup);
}

}  // namespace fuzz
