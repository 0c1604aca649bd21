// What can go wrong between a port and a sign, on demand. Pure but for its dice.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <optional>
#include <random>

namespace baytime::signs::sim {

/// How long a slow sign keeps its answer back: most of what a link waits.
inline constexpr std::chrono::milliseconds slow_answer{700};
inline constexpr std::size_t garbage_bytes = 40;

class Faults {
public:
    /// The next frames arrive with one bit flipped.
    void spoil(int frames) { spoil_ = frames; }
    /// The next answers are not sent; without a number none from now on.
    void silence(std::optional<int> answers) { silence_ = answers.value_or(-1); }
    void speak() { silence_ = 0; }
    /// Each bit in both directions flips with this probability.
    void bit_errors(double rate) { rate_ = rate; }
    void slow(bool yes) { slow_ = yes; }
    bool slow() const { return slow_; }

    /// What arrives at the sign of these bytes; `begins` when they are the first of a frame.
    Bytes arriving(std::span<const std::uint8_t> bytes, bool begins);
    /// What arrives at the port of this answer.
    Bytes answered(Bytes answer);
    /// Noise as from a bad contact.
    Bytes noise();

private:
    void flip_some(Bytes& bytes);

    int spoil_ = 0;    ///< frames
    int silence_ = 0;  ///< answers; below zero all
    double rate_ = 0;
    bool slow_ = false;
    std::size_t in_frame_ = 0;  ///< bytes of the frame seen
    bool spoiling_ = false;
    std::mt19937 dice_{1};  ///< the same faults at every run
};

}  // namespace baytime::signs::sim
