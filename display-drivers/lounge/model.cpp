// Pages keep the order of the view and turn by themselves; a change never makes the page jump.
#include "display-drivers/lounge/model.hpp"

#include <algorithm>

namespace baytime::lounge {

namespace {

std::string hour_text(std::chrono::minutes at) {
    const auto two = [](long value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return two(at.count() / 60) + ":" + two(at.count() % 60);
}

bool is_ready(const LoungeRow& row) {
    return row.step == Step::ready && !row.delivered;
}

}  // namespace

bool Hours::contain(LocalTime time) const {
    if (from == to) return false;
    const auto at = time - std::chrono::floor<std::chrono::days>(time);
    return from < to ? at >= from && at < to : at >= from || at < to;
}

void Model::receive(const LoungeView& view, const ShopClock& clock, Moment now) {
    heard(clock, now);
    if (any_view_) note_changes(view);
    if (!any_view_) begun_ = page_since_ = now;
    view_ = view;
    any_view_ = true;
    page_ = std::min(page_, pages() - 1);
}

void Model::heard(const ShopClock& clock, Moment now) {
    clock_ = clock;
    any_clock_ = true;
    heard_ = clock_.at(now);
    lost_.reset();
}

void Model::lost(Moment now) {
    if (!lost_) lost_ = now;
}

void Model::note_changes(const LoungeView& next) {
    std::map<std::string, const LoungeRow*> before;
    for (const auto& row : view_.rows) before[row.id] = &row;
    for (const auto& row : next.rows) {
        const auto found = before.find(row.id);
        const bool changed = found == before.end() || *found->second != row;
        if (changed && settings_.fades) glows_[row.id] = std::nullopt;
        const bool was_ready = found != before.end() && is_ready(*found->second);
        if (is_ready(row) && !was_ready) ++newly_ready_;
    }
    std::erase_if(glows_, [&](const auto& glow) {
        return std::none_of(next.rows.begin(), next.rows.end(), [&](const auto& row) { return row.id == glow.first; });
    });
}

int Model::pages() const {
    const int rows = static_cast<int>(view_.rows.size());
    return std::max(1, (rows + rows_per_page_ - 1) / rows_per_page_);
}

/// Pages hold as many rows as each other, or one more: no car stands alone on the last one.
int Model::first_row(int page) const {
    const int rows = static_cast<int>(view_.rows.size());
    const int each = rows / pages(), longer = rows % pages();
    return page * each + std::min(page, longer);
}

void Model::turn_pages(Moment now) {
    if (now - page_since_ < page_dwell) return;
    const auto turns = (now - page_since_) / page_dwell;
    page_since_ += turns * page_dwell;
    turn_ += static_cast<int>(turns % 1'000'000);
    page_ = static_cast<int>((page_ + turns) % pages());
}

double Model::glow_of(const std::string& id, Moment now) {
    const auto found = glows_.find(id);
    if (found == glows_.end()) return 0;
    if (!found->second) found->second = now;
    const std::chrono::duration<double> passed = now - *found->second;
    const double part = passed / std::chrono::duration<double>(glow_length);
    if (part >= 1) {
        glows_.erase(found);
        return 0;
    }
    return (1 - part) * (1 - part);
}

bool Model::stale(Moment now) const {
    return any_view_ && lost_ && now - *lost_ >= stale_grace;
}

Language Model::language_at(Moment now) const {
    if (settings_.language == LanguageChoice::chinese) return Language::chinese;
    if (settings_.language == LanguageChoice::english) return Language::english;
    return (now - begun_) / language_dwell % 2 == 0 ? Language::chinese : Language::english;
}

Show Model::show(Moment now) {
    page_ = std::min(page_, pages() - 1);
    turn_pages(now);
    Show show{.shop = view_.shop, .page = page_, .pages = pages(), .welcomes = view_.welcomes, .turn = turn_};
    show.language = language_at(now);
    show.offset = clock_.offset;
    show.time_doubted = any_clock_ && !clock_.trusted;
    if (any_clock_) show.now = clock_.local(minute_of(clock_.at(now)));
    if (stale(now)) show.as_of = clock_.local(minute_of(*heard_));
    if (show.now) show.dim = settings_.dim.contain(*show.now);
    if (show.now && settings_.closed.contain(*show.now)) {
        show.page_kind = Show::Page::closed;
        show.opens = hour_text(settings_.closed.to);
        show.closes = hour_text(settings_.closed.from);
        return show;
    }
    if (!any_view_) return show;
    show.page_kind = view_.rows.empty() ? Show::Page::welcome : Show::Page::cars;
    show.first_row = first_row(page_);
    const auto last = static_cast<std::size_t>(first_row(page_ + 1));
    for (auto i = static_cast<std::size_t>(show.first_row); i < last; ++i) {
        show.rows.push_back({view_.rows[i], glow_of(view_.rows[i].id, now)});
    }
    return show;
}

Moment Model::next_change(Moment now) const {
    Moment next = now + std::chrono::hours(1);
    const auto sooner = [&](Moment moment) { next = std::min(next, moment); };
    if (any_clock_) sooner(clock_.next_minute(now));
    if (any_view_ && (pages() > 1 || !view_.welcomes.empty())) sooner(page_since_ + page_dwell);
    if (settings_.language == LanguageChoice::both) {
        sooner(begun_ + ((now - begun_) / language_dwell + 1) * language_dwell);
    }
    if (any_view_ && lost_ && !stale(now)) sooner(*lost_ + stale_grace);
    const bool fading = std::any_of(glows_.begin(), glows_.end(), [](const auto& glow) { return glow.second; });
    if (fading) sooner(now + glow_frame);
    return std::max(next, now + std::chrono::milliseconds(1));
}

int Model::take_newly_ready() {
    return std::exchange(newly_ready_, 0);
}

}  // namespace baytime::lounge
