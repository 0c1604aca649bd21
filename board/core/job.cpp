// What follows from a job alone.
#include "board/core/job.hpp"

#include <algorithm>

namespace baytime {

bool holds_bay(const Job& job) {
    if (job.bay.empty()) return false;
    return job.state == JobState::in_progress || job.state == JobState::paused ||
           (job.state == JobState::assigned && job.parked);
}

bool is_closed(JobState state) {
    return state == JobState::delivered || state == JobState::cancelled || state == JobState::no_show;
}

Step step_of(JobState state) {
    switch (state) {
        case JobState::assigned: return Step::dispatched;
        case JobState::in_progress:
        case JobState::paused: return Step::repair;
        case JobState::inspection: return Step::quality;
        case JobState::washing: return Step::washing;
        case JobState::ready:
        case JobState::delivered: return Step::ready;
        case JobState::booked:
        case JobState::waiting:
        case JobState::cancelled:
        case JobState::no_show: break;
    }
    return Step::received;
}

std::chrono::minutes clocked_minutes(const Job& job, Instant now) {
    std::chrono::milliseconds sum{0};
    for (const auto& stretch : job.clockings) {
        sum += std::max(stretch.to.value_or(now) - stretch.from, std::chrono::milliseconds{0});
    }
    return std::chrono::floor<std::chrono::minutes>(sum);
}

const Clocking* running(const Job& job, std::string_view technician) {
    const auto found = std::ranges::find_if(job.clockings, [technician](const Clocking& stretch) {
        return !stretch.to && stretch.technician == technician;
    });
    return found == job.clockings.end() ? nullptr : &*found;
}

}  // namespace baytime
