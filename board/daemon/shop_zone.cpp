#include "board/daemon/shop_zone.hpp"

#include <date/tz.h>

#include <memory>

namespace baytime::daemon {

namespace {

using namespace std::chrono;

/// Days of many rows in a row mostly lie between the same two clock changes, so that stretch is remembered.
class Zone {
public:
    explicit Zone(const std::string& name) : zone_(date::locate_zone(name)) {}

    std::optional<Instant> to_utc(local_time<milliseconds> local) const {
        const date::local_time<milliseconds> theirs{local.time_since_epoch()};
        const auto found = zone_->get_info(theirs);
        if (found.result == date::local_info::nonexistent) return std::nullopt;
        return Instant{local.time_since_epoch() - found.first.offset};
    }

    local_time<milliseconds> to_local(Instant at) {
        const date::sys_time<milliseconds> theirs{at.time_since_epoch()};
        if (theirs < stretch_.begin || theirs >= stretch_.end) stretch_ = zone_->get_info(theirs);
        return local_time<milliseconds>{at.time_since_epoch() + stretch_.offset};
    }

private:
    const date::time_zone* zone_;
    date::sys_info stretch_{};
};

}  // namespace

reports::ShopZone shop_zone(const std::string& name) {
    const auto zone = std::make_shared<Zone>(name);
    return {.to_utc = [zone](local_time<milliseconds> local) { return zone->to_utc(local); },
            .to_local = [zone](Instant at) { return zone->to_local(at); }};
}

}  // namespace baytime::daemon
