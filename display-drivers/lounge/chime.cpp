// SDL_mixer plays the samples from memory; no sound file is needed. It brings some fifty libraries of codecs along, so
// it is loaded only where a chime is wanted: a silent board starts faster and is smaller.
#include "display-drivers/lounge/chime.hpp"

#include "display-drivers/lounge/sdl.hpp"

#include <SDL_mixer.h>
#include <dlfcn.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace baytime::lounge {

namespace {

constexpr int sample_rate = 44100;
constexpr double length_seconds = 2.2;
constexpr double second_note_at = 0.38;

/// A struck bell: a few partials that fade, the higher ones sooner.
double bell(double frequency, double time) {
    if (time < 0) return 0;
    constexpr double partials[][2] = {{1, 1}, {2, 0.35}, {3, 0.12}, {4.2, 0.05}};
    double sum = 0;
    for (const auto& [ratio, strength] : partials) {
        sum += strength * std::sin(2 * std::numbers::pi * frequency * ratio * time) * std::exp(-time * (2.2 + ratio));
    }
    const double attack = std::min(1.0, time / 0.008);
    return sum * attack;
}

}  // namespace

void ChimeQueue::add(int calls) {
    waiting_ = std::min(most_waiting_chimes, waiting_ + calls);
}

bool ChimeQueue::take(Moment now) {
    if (waiting_ == 0 || now < free_at_) return false;
    --waiting_;
    free_at_ = now + chime_spacing;
    return true;
}

std::optional<Moment> ChimeQueue::next() const {
    if (waiting_ == 0) return std::nullopt;
    return free_at_;
}

std::vector<std::int16_t> chime_samples(int rate) {
    constexpr double first = 783.99, second = 622.25;  // G5, E flat 5
    const int count = static_cast<int>(rate * length_seconds);
    std::vector<std::int16_t> samples;
    samples.reserve(static_cast<std::size_t>(count) * 2);
    for (int i = 0; i < count; ++i) {
        const double time = static_cast<double>(i) / rate;
        const double end = std::min(1.0, (length_seconds - time) / 0.1);
        const double value = 0.3 * end * (bell(first, time) + bell(second, time - second_note_at));
        const auto sample = static_cast<std::int16_t>(std::lround(std::clamp(value, -1.0, 1.0) * 32767));
        samples.push_back(sample);
        samples.push_back(sample);
    }
    return samples;
}

struct Chime::Mixer {
    Mixer() : library(dlopen("libSDL2_mixer-2.0.so.0", RTLD_NOW)) {
        find(open, "Mix_OpenAudio");
        find(load, "Mix_QuickLoad_RAW");
        find(set_volume, "Mix_VolumeChunk");
        find(play, "Mix_PlayChannelTimed");
        find(halt, "Mix_HaltChannel");
        find(free, "Mix_FreeChunk");
        find(close, "Mix_CloseAudio");
    }
    template <class Function>
    void find(Function& function, const char* name) {
        if (library != nullptr) function = reinterpret_cast<Function>(dlsym(library, name));
        complete = complete && function != nullptr;
    }

    void* library;
    bool complete = true;
    decltype(&Mix_OpenAudio) open = nullptr;
    decltype(&Mix_QuickLoad_RAW) load = nullptr;
    decltype(&Mix_VolumeChunk) set_volume = nullptr;
    decltype(&Mix_PlayChannelTimed) play = nullptr;
    decltype(&Mix_HaltChannel) halt = nullptr;
    decltype(&Mix_FreeChunk) free = nullptr;
    decltype(&Mix_CloseAudio) close = nullptr;
};

Chime::Chime(int volume) : mixer_(std::make_unique<Mixer>()) {
    if (!mixer_->complete) {
        spdlog::warn("no sound: SDL_mixer is not installed; the board goes on without its chime");
        return;
    }
    open_ = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0 && mixer_->open(sample_rate, AUDIO_S16SYS, 2, 2048) == 0;
    if (!open_) {
        spdlog::warn("no sound: {}; the board goes on without its chime", SDL_GetError());
        return;
    }
    samples_ = chime_samples(sample_rate);
    chunk_ = mixer_->load(reinterpret_cast<Uint8*>(samples_.data()),
                          static_cast<Uint32>(samples_.size() * sizeof(samples_[0])));
    if (chunk_ != nullptr) mixer_->set_volume(chunk_, MIX_MAX_VOLUME * volume / 100);
}

Chime::~Chime() {
    if (!open_) return;
    mixer_->halt(-1);
    if (chunk_ != nullptr) mixer_->free(chunk_);
    mixer_->close();
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

void Chime::play() {
    // Always the same channel: two calls never sound at once. -1: to its end.
    if (chunk_ != nullptr) mixer_->play(0, chunk_, 0, -1);
}

}  // namespace baytime::lounge
