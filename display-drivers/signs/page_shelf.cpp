#include "display-drivers/signs/page_shelf.hpp"

#include <algorithm>

namespace baytime::signs {

namespace {

std::size_t place(Urgency urgency) {
    return static_cast<std::size_t>(urgency);
}

bool holds(const TimedPage& page, Moment now) {
    return now < page.expires && (page.urgency <= Urgency::state || now < page.held_until);
}

}  // namespace

void PageShelf::put(TimedPage page) {
    auto& taken = pages_.at(place(page.urgency));
    taken = std::move(page);
}

void PageShelf::clear(Urgency urgency) {
    pages_.at(place(urgency)).reset();
}

const TimedPage* PageShelf::at(Urgency urgency) const {
    const auto& page = pages_.at(place(urgency));
    return page ? &*page : nullptr;
}

const TimedPage* PageShelf::top(Moment now) const {
    const TimedPage* believed = nullptr;
    for (auto page = pages_.rbegin(); page != pages_.rend(); ++page) {
        if (!*page || now >= (*page)->expires) continue;
        if (holds(**page, now)) return &**page;
        if (believed == nullptr) believed = &**page;
    }
    return believed;
}

std::optional<Moment> PageShelf::next_change(Moment now) const {
    Moment next = Moment::max();
    for (const auto& page : pages_) {
        if (!page) continue;
        if (page->expires > now) next = std::min(next, page->expires);
        if (page->urgency > Urgency::state && page->held_until > now) next = std::min(next, page->held_until);
    }
    if (next == Moment::max()) return std::nullopt;
    return next;
}

}  // namespace baytime::signs
