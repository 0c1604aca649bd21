#include "board/daemon/print_view.hpp"

#include "board/daemon/shop_clock.hpp"
#include "board/daemon/sign_pages.hpp"
#include "board/daemon/view_json.hpp"
#include "board/daemon/workshop.hpp"
#include "board/store/backup.hpp"
#include "display-drivers/signs/driver.hpp"
#include "display-drivers/signs/latin.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace baytime::daemon {

namespace {

namespace fs = std::filesystem;

/// A directory of its own, gone with everything in it at the end.
class Scratch {
public:
    Scratch() {
        auto pattern = (fs::temp_directory_path() / "baytimed-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory can be made");
        path_ = pattern;
    }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

/// The board of a copy: a daemon may be writing the journal itself at this moment.
Board board_of(const std::string& journal) {
    if (!fs::exists(journal)) throw std::runtime_error("there is no journal at " + journal);
    const Scratch scratch;
    const auto copy = (scratch.path() / "journal.db").string();
    store::write_backup(journal, copy);
    return replay(*store::Journal::open(copy, (scratch.path() / "none").string()));
}

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
        if (driver != nullptr && !driver->chinese) text = latin_lines(text);
        out[place.sign.name] = protocol::json::array{protocol::json::string(text)};
    }
    return out;
}

}  // namespace

std::string print_view(const Settings& settings, const std::string& view, const std::string& at) {
    const bool all_signs = view == "signs";
    if (!all_signs && !is_view(settings.shop, view))
        throw std::runtime_error("no view \"" + view + "\"; accepted: lounge, workshop, alerts, bay:<id> and signs");
    const auto board = board_of(settings.journal);
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
