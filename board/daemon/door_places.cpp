#include "board/daemon/door_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

namespace baytime::daemon {

namespace {

constexpr std::size_t kept = kept_for_this_computer + kept_for_full_tokens;

NoPlace none_left(const std::string& keep, std::size_t taken) {
    return {.why = {"too-many-connections",
                    fmt::format("this daemon serves {} connections{}; close one that is not needed, or try again later",
                                max_connections, keep),
                    limit_code},
            .shortage = {.about = {}, .taken = taken}};
}

NoPlace too_many_of(const std::string& about, std::size_t taken, const std::string& sentence) {
    return {.why = {"too-many-connections", sentence, limit_code}, .shortage = {.about = about, .taken = taken}};
}

}  // namespace

std::optional<std::size_t> stranger_to_leave(const std::vector<std::string>& addresses) {
    if (addresses.size() < max_strangers) return std::nullopt;
    std::map<std::string_view, std::size_t> count;
    for (const auto& one : addresses) ++count[one];
    const auto most = std::ranges::max_element(addresses, {}, [&count](const auto& one) { return count.at(one); });
    return static_cast<std::size_t>(most - addresses.begin());
}

std::optional<NoPlace> no_place(const Peer& newcomer, const Taken& taken) {
    if (taken.all >= max_connections) return none_left("", taken.all);
    if (!newcomer.loopback && taken.all >= max_connections - kept_for_this_computer)
        return none_left(fmt::format(", the last {} for its own computer alone", kept_for_this_computer), taken.all);
    if (taken.unknown_of_address >= max_unknown_of_one_address)
        return too_many_of(newcomer.address, taken.unknown_of_address,
                           fmt::format("{} connections from {} have not said who they are; close some, or say hello "
                                       "there",
                                       max_unknown_of_one_address, newcomer.address));
    if (!newcomer.loopback && taken.of_address >= max_of_one_address)
        return too_many_of(
            newcomer.address, taken.of_address,
            fmt::format("there are {} connections from {}; close some there", max_of_one_address, newcomer.address));
    return std::nullopt;
}

std::optional<NoPlace> no_place_as(const Device& device, const Peer& peer, bool known, const Taken& taken) {
    if (peer.loopback) return std::nullopt;
    // This connection is among those that are counted.
    if (!known && device.kind != DeviceKind::full && taken.all > max_connections - kept)
        return none_left(fmt::format(", the last {} for its own computer and for full tokens", kept), taken.all);
    if (taken.of_device >= max_of_one_device)
        return too_many_of(device.id, taken.of_device,
                           fmt::format("there are {} connections with the token of {}; close some, or give each device "
                                       "a token of its own",
                                       max_of_one_device, device.id));
    return std::nullopt;
}

}  // namespace baytime::daemon
