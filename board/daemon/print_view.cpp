#include "board/daemon/print_view.hpp"

#include "board/daemon/shop_clock.hpp"
#include "board/daemon/sign_pages.hpp"
#include "board/daemon/view_json.hpp"
#include "board/daemon/workshop.hpp"
#include "board/store/journal.hpp"
#include "display-drivers/signs/driver.hpp"
#include "display-drivers/signs/latin.hpp"
#include "display-drivers/signs/setup.hpp"

#include <algorithm>
#include <stdexcept>

namespace baytime::daemon {

namespace {

/// latin() line by line: it drops control characters, and a line break is one.
std::string latin_lines(const std::string& text) {
    std::string out;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find('\n', from), text.size());
        if (from > 0) out += '\n';
        out += signs::latin(std::string_view(text).substr(from, end - from));
        from = end + 1;
    }
    return out;
}

/// Sign name -> the texts that may stand on its glass.
protocol::json::object sign_texts(const Settings& settings, const Board& board, Instant now) {
    protocol::json::object out;
    for (const auto& place : settings.signs) {
        auto text = signs::text_of(sign_page(place, board, settings.shop, now));
        const auto* driver = signs::find_driver(place.sign.driver);
        if (driver != nullptr && !signs::draws_chinese(*driver, place.sign.setup)) text = latin_lines(text);
        out[place.sign.name] = protocol::json::array{protocol::json::string(text)};
    }
    return out;
}

}  // namespace

std::string print_view(const Settings& settings, const std::string& view, const std::string& at) {
    const bool all_signs = view == "signs";
    if (!all_signs && !is_view(settings.shop, view))
        throw std::runtime_error("no view \"" + view + "\"; accepted: lounge, workshop, alerts, bay:<id> and signs");
    const auto board = replay(*store::Journal::open_to_read(settings.journal));
    auto now = board.newest;
    if (!at.empty()) {
        const auto asked = read_moment(at, settings.shop.zone);
        if (!asked) throw std::runtime_error("\"" + at + "\" is no time; write 2026-11-21T10:30");
        now = *asked;
    }
    return protocol::json::serialize(all_signs ? sign_texts(settings, board, now)
                                               : view_json(view, board, settings.shop, now));
}

}  // namespace baytime::daemon
