// The chime, heard: SDL's disk driver writes what a loudspeaker would get.
#include "protocol/change.hpp"
#include "protocol/replies.hpp"
#include "tests/lounge/played_daemon.hpp"
#include "tests/lounge/support.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>

using namespace baytime::lounge;
using baytime::Step;
using baytime::support::Process;
using baytime::support::TempDir;
namespace protocol = baytime::protocol;

namespace {

constexpr std::size_t frames_per_second = 44100;
/// Quieter than this, of 32767, is silence.
constexpr int audible = 24;

/// The left channel of the 16-bit stereo file.
std::vector<int> heard(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    std::vector<int> samples;
    for (std::size_t i = 0; i + 4 <= bytes.size(); i += 4) {
        const int low = static_cast<unsigned char>(bytes[i]), high = static_cast<unsigned char>(bytes[i + 1]);
        samples.push_back(static_cast<std::int16_t>(low | high << 8));
    }
    return samples;
}

/// Sounds between silences of at least a third of a second: begin and end, in samples. A last one that may still go
/// on is left out.
std::vector<std::pair<std::size_t, std::size_t>> sounds(const std::vector<int>& samples) {
    std::vector<std::pair<std::size_t, std::size_t>> found;
    std::optional<std::size_t> begin;
    std::size_t last = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        if (std::abs(samples[i]) > audible) {
            if (!begin) begin = i;
            last = i;
        } else if (begin && i - last > frames_per_second / 3) {
            found.emplace_back(*begin, last);
            begin.reset();
        }
    }
    return found;
}

}  // namespace

TEST_CASE("two cars that become ready together are called one after the other", "[chime]") {
    const TempDir dir;
    const std::string sound = dir.path() / "sound.raw";
    std::ofstream(dir.path() / "lounge.toml") << "[sound]\nchime = true\n";
    support::PlayedDaemon daemon;
    // The driver's own pause between buffers of 46 ms is 30 ms here, so a busy machine does not fall behind the sound.
    Process program(
        {baytime::support::built("display-drivers/lounge/baytime-lounge"), "--port", daemon.port(), "--size", "640x360",
         "--config", dir.path() / "lounge.toml"},
        {"SDL_VIDEODRIVER=dummy", "SDL_AUDIODRIVER=disk", "SDL_DISKAUDIOFILE=" + sound, "SDL_DISKAUDIODELAY=30"},
        dir.path() / "log");
    daemon.greet();
    auto view = support::eight_cars();
    const auto before = view;
    daemon.push("snapshot", 7, protocol::to_json(before));
    view.rows[1].step = view.rows[2].step = Step::ready;
    daemon.push("change", 8, protocol::change_between(before, view));
    REQUIRE(support::eventually([&] { return sounds(heard(sound)).size() >= 2; }));
    program.signal(SIGTERM);
    REQUIRE(program.wait() == 0);
    const auto samples = heard(sound);
    const auto called = sounds(samples);
    REQUIRE(called.size() == 2);
    for (const auto& [begin, end] : called) {
        const double seconds = static_cast<double>(end - begin) / frames_per_second;
        CHECK(seconds > 1);
        CHECK(seconds < 2.3);
        const auto loudest =
            std::max_element(samples.begin() + static_cast<long>(begin), samples.begin() + static_cast<long>(end));
        CHECK(*loudest > 2000);
        CHECK(*loudest < 32767);
    }
}
