#include "board/daemon/pin_waits.hpp"

#include <algorithm>

namespace baytime::daemon {

namespace {

std::chrono::seconds until(Steady::time_point moment, Steady::time_point now) {
    return moment <= now ? std::chrono::seconds{} : std::chrono::ceil<std::chrono::seconds>(moment - now);
}

}  // namespace

std::chrono::seconds wait_after(int failures) {
    if (failures < free_failures) return {};
    auto pause = first_wait;
    for (int i = free_failures; i < failures && pause < longest_wait; ++i) pause *= 2;
    return std::min(pause, longest_wait);
}

PinWaits::Failures PinWaits::at_device(const std::string& device, Steady::time_point now) const {
    Failures sum;
    for (auto one = failures_.lower_bound({device, {}}); one != failures_.end() && one->first.first == device; ++one) {
        if (one->second.last + failures_forgotten < now) continue;
        sum.count += one->second.count;
        sum.last = std::max(sum.last, one->second.last);
    }
    return sum;
}

bool PinWaits::has_own_allowance(const Everywhere& everywhere, const Pair& pair, Steady::time_point now) const {
    if (std::ranges::find(everywhere.devices, pair.first) == everywhere.devices.end()) return false;
    const auto failed = failures_.find(pair);
    return failed == failures_.end() || failed->second.count < free_failures ||
           failed->second.last + failures_forgotten < now;
}

std::chrono::seconds PinWaits::wait(const std::string& person, const std::string& device,
                                    Steady::time_point now) const {
    auto here = at_device(device, now);
    // What found no room of its own counts for all.
    if (const auto all = at_device({}, now); all.count > here.count)
        here = {.count = all.count, .last = std::max(here.last, all.last)};
    auto wait = until(here.last + wait_after(here.count), now);
    const auto everywhere = people_.find(person);
    if (everywhere == people_.end() || has_own_allowance(everywhere->second, {device, person}, now)) return wait;
    const auto allowed_from = everywhere->second.used_up_to - (wrong_of_person_at_once - 1) * wrong_of_person_every;
    return std::max(wait, until(allowed_from, now));
}

void PinWaits::failed(const std::string& person, const std::string& device, Steady::time_point now) {
    std::erase_if(failures_, [now](const auto& one) { return one.second.last + failures_forgotten < now; });
    Pair pair{device, person};
    if (failures_.size() >= max_remembered && !failures_.contains(pair)) pair = {};
    auto& here = failures_[pair];
    ++here.count;
    here.last = std::max(here.last, now);
    auto& used = people_[person].used_up_to;
    used = std::min(std::max(used, now) + wrong_of_person_every, now + wrong_of_person_at_once * wrong_of_person_every);
}

void PinWaits::succeeded(const std::string& person, const std::string& device) {
    failures_.erase({device, person});
    auto& devices = people_[person].devices;
    std::erase(devices, device);
    devices.push_back(device);
    if (devices.size() > devices_of_person) devices.erase(devices.begin());
}

}  // namespace baytime::daemon
