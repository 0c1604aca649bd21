#include "display-drivers/signs/raw_sign.hpp"

#include "display-drivers/signs/raw_text.hpp"

#include <algorithm>
#include <charconv>

namespace baytime::signs {

using namespace raw;

namespace {

constexpr auto longest_gap = std::chrono::milliseconds(1000);  ///< not documented: nothing is of such a sign
constexpr int whole = 100;

Bytes answer_of(const Pattern& pattern) {
    Bytes out;
    for (const auto& byte : pattern) out.push_back(byte.value_or(0));
    return out;
}

}  // namespace

RawSign::RawSign(const Setup& setup) : form_(raw_of(setup)) {
    std::from_chars(setup.address.data(), setup.address.data() + setup.address.size(), address_);
    lines_.resize(static_cast<std::size_t>(form_->lines));
}

void RawSign::power_cycle() {
    buffer_.clear();
    lines_.assign(lines_.size(), Line{});
    glass_.brightness = whole;
    look();
}

Bytes RawSign::receive(std::span<const std::uint8_t> bytes, Moment at) {
    if (at - last_ > longest_gap && !buffer_.empty()) {
        complain("gap");
        buffer_.clear();
    }
    last_ = bytes.empty() ? last_ : at;
    Bytes reply;
    for (const std::uint8_t byte : bytes) {
        buffer_.push_back(byte);
        while (!buffer_.empty() && take_frame(reply)) {
        }
    }
    return reply;
}

/// True when bytes were taken off the front, and what is left may be more.
bool RawSign::take_frame(Bytes& reply) {
    std::vector<const Frame*> frames{&form_->frame};
    for (const Frame& frame : form_->set_up) frames.push_back(&frame);
    bool may_begin = false;
    for (const Frame* frame : frames) {
        may_begin = may_begin || can_begin(*frame, buffer_);
        const auto found = frame_at(*frame, *form_, buffer_);
        if (!found) continue;
        // Where a check may look like the end, more bytes decide.
        if (!found->check_right() && frame->text_end == TextEnd::check_then_literal) continue;
        const Bytes more = obey(*frame, *found);
        reply.insert(reply.end(), more.begin(), more.end());
        buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(found->length));
        return true;
    }
    const bool too_long = buffer_.size() >= most_frame_bytes;
    const std::size_t skipped = may_begin && !too_long ? next_frame() : 1;
    if (skipped == 0) return false;
    complain(too_long ? "too-long" : "outside");
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(skipped));
    return true;
}

/// Where a whole frame stands behind the beginning of one that was cut off; 0: nowhere.
std::size_t RawSign::next_frame() const {
    const Frame& frame = form_->frame;
    if (frame.parts[0].kind != PartKind::literal) return 0;
    for (std::size_t at = 1; at < buffer_.size(); ++at) {
        const auto found = frame_at(frame, *form_, std::span(buffer_).subspan(at));
        if (found && found->check_right() && at + found->length == buffer_.size()) return at;
    }
    return 0;
}

Bytes RawSign::obey(const Frame& frame, const Found& found) {
    if (frame.has(PartKind::address) && found.values.address != address_) return {};
    if (!found.check_right()) {
        complain("checksum");
        return answer_of(form_->refused);
    }
    if (refuses()) return answer_of(form_->refused);
    if (frame.has(PartKind::brightness)) {
        const int steps = std::max(form_->brightest - form_->darkest, 1);
        glass_.brightness = std::clamp((found.values.brightness - form_->darkest) * whole / steps, 0, whole);
    }
    if (frame.has(PartKind::text)) {
        const auto colour = std::ranges::find(form_->colours, found.values.colour);
        const auto meaning = colour == form_->colours.end() || found.values.colour.empty()
                                 ? Meaning::normal
                                 : static_cast<Meaning>(colour - form_->colours.begin());
        const int line = frame.has(PartKind::line) ? found.values.line - form_->first_line : 0;
        if (line < 0 || line >= form_->lines) {
            complain("unknown-line");
            return answer_of(form_->refused);
        }
        const std::string text = shown(std::string(found.values.text.begin(), found.values.text.end()), *form_);
        lines_[static_cast<std::size_t>(line)] = {Segment{text, meaning}};
        look();
    }
    return answer_of(form_->acknowledged);
}

void RawSign::look() {
    const std::string line_break(form_->line_break.begin(), form_->line_break.end());
    const bool parted = line_break.find_first_not_of(' ') != std::string::npos;
    Page page;
    for (const Line& line : lines_) {
        if (line.empty()) continue;
        std::string rest = line[0].text;
        for (auto at = rest.find(line_break); parted && at != std::string::npos; at = rest.find(line_break)) {
            page.lines.push_back({Segment{rest.substr(0, at), line[0].meaning}});
            rest.erase(0, at + line_break.size());
        }
        page.lines.push_back({Segment{rest, line[0].meaning}});
    }
    page = tidy(page);
    if (page != glass_.page) ++glass_.pages;
    glass_.page = std::move(page);
}

}  // namespace baytime::signs
