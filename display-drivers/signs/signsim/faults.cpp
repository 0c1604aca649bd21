#include "display-drivers/signs/signsim/faults.hpp"

#include <algorithm>

namespace baytime::signs::sim {

namespace {

/// Where a frame is spoilt: behind the leading bytes that only find its beginning, unless it is shorter.
constexpr std::size_t spoilt_byte = 12;

}  // namespace

Bytes Faults::arriving(std::span<const std::uint8_t> bytes, bool begins) {
    Bytes out(bytes.begin(), bytes.end());
    if (begins) {
        in_frame_ = 0;
        spoiling_ = spoil_ > 0;
        if (spoiling_) --spoil_;
    }
    if (spoiling_ && !out.empty() && in_frame_ + out.size() > spoilt_byte) {
        out[std::max(in_frame_, spoilt_byte) - in_frame_] ^= 1U;
        spoiling_ = false;
    }
    in_frame_ += out.size();
    flip_some(out);
    return out;
}

Bytes Faults::answered(Bytes answer) {
    if (answer.empty()) return answer;
    if (silence_ != 0) {
        silence_ -= silence_ > 0 ? 1 : 0;
        return {};
    }
    flip_some(answer);
    return answer;
}

Bytes Faults::noise() {
    Bytes out(garbage_bytes);
    std::uniform_int_distribution<int> any(0, 255);
    for (auto& byte : out) byte = static_cast<std::uint8_t>(any(dice_));
    return out;
}

void Faults::flip_some(Bytes& bytes) {
    if (rate_ <= 0) return;
    std::bernoulli_distribution flips(rate_);
    for (auto& byte : bytes) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            if (flips(dice_)) byte = static_cast<std::uint8_t>(byte ^ (1U << bit));
        }
    }
}

}  // namespace baytime::signs::sim
