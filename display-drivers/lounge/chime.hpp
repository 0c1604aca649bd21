// A soft two-note chime when a car becomes ready. Calls wait for each other.
#pragma once

#include "display-drivers/lounge/shop_clock.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

struct Mix_Chunk;

namespace baytime::lounge {

/// Length of one chime and the silence after it.
constexpr auto chime_spacing = std::chrono::milliseconds(3000);
/// More calls than this at once are noise, not news.
constexpr int most_waiting_chimes = 5;

/// Which call sounds when. Pure.
class ChimeQueue {
public:
    void add(int calls);
    /// True when one call is to sound now.
    bool take(Moment now);
    /// When the next waiting call may sound.
    std::optional<Moment> next() const;

private:
    int waiting_ = 0;
    Moment free_at_{};
};

/// The sound, made rather than recorded: two bell notes, a falling third, 16-bit stereo.
std::vector<std::int16_t> chime_samples(int rate);

class Chime {
public:
    /// `volume` in percent. Without a sound device the board goes on in silence and says so in the log.
    explicit Chime(int volume);
    Chime(const Chime&) = delete;
    Chime& operator=(const Chime&) = delete;
    ~Chime();
    void play();

private:
    struct Mixer;
    std::unique_ptr<Mixer> mixer_;
    std::vector<std::int16_t> samples_;
    Mix_Chunk* chunk_ = nullptr;
    bool open_ = false;
};

}  // namespace baytime::lounge
