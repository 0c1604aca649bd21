// How long whoever shows wrong PINs has to wait: by the device where they are shown, and by the person over all
// devices. Pure but for the times given.
#pragma once

#include "board/daemon/shop_clock.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace baytime::daemon {

/// After this many failures in a row the next try has to wait.
inline constexpr int free_failures = 3;
inline constexpr std::chrono::seconds first_wait{2};
inline constexpr std::chrono::seconds longest_wait{60};
/// Failures are forgotten after this long without another one.
inline constexpr std::chrono::minutes failures_forgotten{15};
/// Names, or pairs of device and person, with failures that are told apart.
inline constexpr std::size_t max_remembered = 4096;
/// Wrong PINs of one person over all devices: so many at once, then one each time this has passed. From one device
/// 10,000 PINs take a week (one a minute), from however many devices 3.5 days (two a minute). One device alone never
/// uses this up, so whoever has one device's token keeps nobody out anywhere else.
inline constexpr int wrong_of_person_at_once = 20;
inline constexpr std::chrono::seconds wrong_of_person_every{30};
/// The newest devices at which a person's PIN was right: there it may be tried also while that limit is used up, as
/// long as it is not wrong there. For whoever guesses that is 12 more in 15 minutes, and 2.5 days for 10,000 PINs.
inline constexpr std::size_t devices_of_person = 4;

/// How long a row of so many failures makes the next try wait.
std::chrono::seconds wait_after(int failures);

class PinWaits {
public:
    /// Before a PIN is looked at. `person`: empty for everybody who is not of the shop: made-up names are one.
    std::chrono::seconds wait(const std::string& person, const std::string& device, Steady::time_point now) const;
    void failed(const std::string& person, const std::string& device, Steady::time_point now);
    /// Takes back only what this person failed at this device: whoever has a PIN may not guess at those of others.
    void succeeded(const std::string& person, const std::string& device);

private:
    struct Failures {
        int count = 0;
        Steady::time_point last{};
    };
    /// Of one person, over all devices.
    struct Everywhere {
        Steady::time_point used_up_to{};   ///< each wrong PIN moves it on by wrong_of_person_every
        std::vector<std::string> devices;  ///< where the PIN was right, the newest last
    };
    using Pair = std::pair<std::string, std::string>;  ///< device and person

    Failures at_device(const std::string& device, Steady::time_point now) const;
    bool has_own_allowance(const Everywhere& everywhere, const Pair& pair, Steady::time_point now) const;

    std::map<Pair, Failures> failures_;
    std::map<std::string, Everywhere> people_;  ///< as many as there are people in the shop, and one
};

}  // namespace baytime::daemon
