#include "board/daemon/scans.hpp"

namespace baytime::daemon {

void Scans::add(const protocol::Scan& scan, Steady::time_point now) {
    if (now - first_ > scan_window) *this = Scans{};
    if (!job_ && !badge_ && !card_) first_ = now;
    switch (scan.kind) {
        case protocol::Scan::Kind::job: job_ = scan.value; break;
        case protocol::Scan::Kind::badge: badge_ = scan.value; break;
        case protocol::Scan::Kind::card: card_ = scan.value; break;
    }
}

std::vector<std::string> Scans::missing() const {
    std::vector<std::string> out;
    if (!job_) out.emplace_back("job");
    if (!badge_) out.emplace_back("badge");
    if (!card_) out.emplace_back("card");
    return out;
}

std::optional<Scans::Complete> Scans::take() {
    if (!job_ || !badge_ || !card_) return std::nullopt;
    Complete all{*job_, *badge_, *card_};
    *this = Scans{};
    return all;
}

}  // namespace baytime::daemon
