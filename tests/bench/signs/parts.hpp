// The parts of bench_signs, each printing its rows.
#pragma once

#include "display-drivers/signs/settings.hpp"
#include "tests/support/sign_faults.hpp"

namespace baytime::bench {

/// Bits of a byte on the line: start, eight data (or seven and parity), stop.
inline constexpr double bits_per_byte = 10;

/// Bytes for a typical change and for a full refresh, beside the smallest possible frames.
void sign_bytes();
/// From a command's acknowledgement to the last byte at 9600 baud; to the first byte and bytes a change beside LCDd;
/// age of the text in a flood of updates.
void sign_latency();
/// How long after each fault of a line the glass is right again.
void sign_recovery();
/// 64 signs on 16 lines.
void many_signs();

/// The settings of this sign as the daemon reads them.
signs::SignSettings settings_of(const support::HungSign& sign);
/// What is sent when `before` stands on the glass: the link's rule, packets whose target does not hold them yet.
std::vector<signs::Packet> packets_between(const signs::Page& before, const signs::Page& after,
                                           const signs::SignSettings& sign);
std::size_t bytes_of(const std::vector<signs::Packet>& packets);

}  // namespace baytime::bench
