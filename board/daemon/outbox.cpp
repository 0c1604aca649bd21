#include "board/daemon/outbox.hpp"

#include <algorithm>

namespace baytime::daemon {

void Outbox::abandon() {
    count_less(waiting());
    total_ = nullptr;
    replies_.clear();
    replies_.shrink_to_fit();
    pushes_.clear();
    push_bytes_ = in_flight_ = held_ = 0;
}

void Outbox::reply(std::string_view text) {
    replies_ += text;
    count_more(text.size());
    ready_();
}

bool Outbox::push(const std::string& view, const Text& text) {
    if (unread() + text->size() > max_output_bytes) {
        // A snapshot larger than the limit must still go out when nothing else waits.
        if (unread() > 0) {
            drop_pushes(view);
            return false;
        }
    }
    pushes_.push_back({view, text});
    push_bytes_ += text->size();
    count_more(text->size());
    ready_();
    return true;
}

void Outbox::drop_pushes(const std::string& view) {
    std::erase_if(pushes_, [this, &view](const Push& one) {
        if (one.view != view) return false;
        push_bytes_ -= one.text->size();
        count_less(one.text->size());
        return true;
    });
}

void Outbox::hold(std::size_t bytes) {
    held_ += bytes;
    count_more(bytes);
}

void Outbox::let_go(std::size_t bytes) {
    bytes = std::min(bytes, held_);  // after abandon() nothing is held any more
    held_ -= bytes;
    count_less(bytes);
}

std::vector<Text> Outbox::take() {
    std::vector<Text> out;
    in_flight_ += replies_.size() + push_bytes_;
    if (!replies_.empty()) out.push_back(std::make_shared<const std::string>(std::move(replies_)));
    replies_.clear();
    for (auto& one : pushes_) out.push_back(std::move(one.text));
    pushes_.clear();
    push_bytes_ = 0;
    return out;
}

}  // namespace baytime::daemon
