#include "board/cli/top_frame.hpp"

#include "board/cli/text.hpp"
#include "board/cli/top_words.hpp"

#include <algorithm>
#include <array>

namespace baytime::cli {
namespace {

enum class Tone { plain, dim, amber, red, green, bold };

struct Cell {
    std::string text;
    Tone tone = Tone::plain;
};

enum Column : std::size_t { bay, order, plate, model, state, people, promise, expected, left, column_count };
using Row = std::array<Cell, column_count>;

/// Dropped in this order when the terminal is too narrow for all.
constexpr std::array drop_order{model, people, promise, order, expected, plate};
constexpr std::array<std::size_t, column_count> least_width{4, 6, 10, 8, 12, 7, 7, 6, 5};
constexpr std::array<std::size_t, column_count> most_width{12, 14, 12, 22, 18, 16, 7, 6, 6};
constexpr auto soon = std::chrono::minutes(30);  // rule §5: the last half hour is amber

std::string painted(const std::string& text, Tone tone, bool colour) {
    if (!colour || tone == Tone::plain) return text;
    constexpr std::array codes{"", "\x1b[2m", "\x1b[33m", "\x1b[1;31m", "\x1b[32m", "\x1b[1m"};
    return codes[static_cast<std::size_t>(tone)] + text + "\x1b[0m";
}

std::chrono::minutes minutes_between(Instant from, Instant to) {
    return std::chrono::duration_cast<std::chrono::minutes>(minute_of(to) - minute_of(from));
}

std::string people_of(const JobRow& job) {
    std::string out;
    for (const auto& person : job.clocked_on) out += (out.empty() ? "" : ",") + person;
    return out.empty() && !job.technician.empty() ? "(" + job.technician + ")" : out;
}

class Frame {
public:
    Frame(const TopState& top, const TopLook& look) : top_(top), look_(look), words_(top_words(look.chinese)) {}

    std::vector<std::string> lines() {
        std::vector<Row> rows{headings()};
        for (const auto& bay_row : top_.workshop.bays) rows.push_back(row_of(bay_row));
        std::vector<std::string> foot{counts(), next_up(), late(), alerts()};
        lines_.push_back(title());
        const std::size_t fixed = lines_.size() + foot.size();
        const std::size_t room = look_.rows > fixed ? look_.rows - fixed : 0;
        add_table(rows, room);
        for (const auto& line : foot) lines_.push_back(line);
        if (lines_.size() > look_.rows) lines_.resize(look_.rows);
        return std::move(lines_);
    }

private:
    const JobRow* job(const std::string& id) const {
        const auto found = std::ranges::find(top_.workshop.jobs, id, &JobRow::id);
        return found == top_.workshop.jobs.end() ? nullptr : &*found;
    }

    std::string clock(Instant at) const { return local_clock(at, top_.offset, false); }

    std::string title() const {
        const std::string shop = harmless(top_.workshop.shop);
        std::string right = top_.connected ? clock(top_.now) : words_.away + (" " + clock(top_.now));
        right += "   " + std::string(words_.quit);
        const std::size_t used = columns(shop) + columns(right);
        if (used + 1 > look_.columns) return fit(shop + " " + right, look_.columns);
        return painted(shop, Tone::bold, look_.colour) + std::string(look_.columns - used, ' ') +
               painted(right, top_.connected ? Tone::dim : Tone::red, look_.colour);
    }

    Row headings() const {
        Row row;
        const std::array texts{words_.bay,    words_.order,   words_.plate,    words_.model, words_.state,
                               words_.people, words_.promise, words_.expected, words_.left};
        for (std::size_t i = 0; i < column_count; ++i) row[i] = {.text = texts[i], .tone = Tone::dim};
        return row;
    }

    Row row_of(const BayRow& bay_row) const {
        Row row;
        row[bay] = {.text = harmless(bay_row.label.empty() ? bay_row.id : bay_row.label), .tone = Tone::bold};
        const JobRow* here = bay_row.order.empty() ? nullptr : job(bay_row.order);
        if (here == nullptr && !bay_row.queue.empty()) here = job(bay_row.queue.front());
        if (here == nullptr) {
            row[state] = {.text = words_.free, .tone = Tone::green};
            return row;
        }
        fill(row, *here);
        const std::size_t behind = bay_row.queue.size() - (bay_row.order.empty() ? 1 : 0);
        if (behind > 0) row[bay].text += " +" + std::to_string(behind);
        return row;
    }

    void fill(Row& row, const JobRow& here) const {
        row[order].text = harmless(here.id);
        row[plate].text = harmless(here.plate);
        row[model].text = harmless(here.model);
        const bool paused = here.state == JobState::paused;
        const auto standing = std::max(minutes_between(here.since, top_.now), std::chrono::minutes(0));
        row[state] = {.text = state_word(here.state, here.paused_for, look_.chinese) + " " +
                              std::to_string(standing.count()) + words_.minutes,
                      .tone = paused ? Tone::amber : Tone::plain};
        row[people].text = harmless(people_of(here));
        if (here.promise) row[promise].text = clock(*here.promise);
        if (!here.expected) return;
        row[expected].text = clock(*here.expected);
        const bool moved = here.promise && minute_of(*here.expected) > minute_of(*here.promise);
        if (moved) row[expected] = {.text = row[expected].text + "*", .tone = Tone::amber};
        const auto remaining = minutes_between(top_.now, *here.expected);
        row[left].text = std::to_string(remaining.count()) + (remaining.count() < 0 ? "!" : words_.minutes);
        row[left].tone = remaining.count() < 0 ? Tone::red : remaining <= soon ? Tone::amber : Tone::plain;
    }

    std::array<std::size_t, column_count> widths_of(const std::vector<Row>& rows) const {
        std::array<std::size_t, column_count> widths = least_width;
        for (const auto& row : rows) {
            for (std::size_t i = 0; i < column_count; ++i) {
                widths[i] = std::min(most_width[i], std::max(widths[i], columns(row[i].text)));
            }
        }
        const auto total = [&] {
            std::size_t sum = 0;
            for (const std::size_t width : widths) sum += width == 0 ? 0 : width + 1;
            return sum == 0 ? 0 : sum - 1;
        };
        for (const std::size_t column : drop_order) {
            if (total() <= look_.columns) break;
            widths[column] = 0;
        }
        return widths;
    }

    void add_table(const std::vector<Row>& rows, std::size_t room) {
        const auto widths = widths_of(rows);
        const bool all = rows.size() <= room;
        const std::size_t shown = all ? rows.size() : room > 0 ? room - 1 : 0;
        for (std::size_t i = 0; i < shown; ++i) lines_.push_back(table_line(rows[i], widths));
        if (!all && room > 0) {
            const std::string hidden = std::to_string(rows.size() - shown) + " " + words_.more;
            lines_.push_back(painted(fit(hidden, look_.columns), Tone::dim, look_.colour));
        }
    }

    std::string table_line(const Row& row, const std::array<std::size_t, column_count>& widths) const {
        std::string out;
        std::size_t used = 0;
        for (std::size_t i = 0; i < column_count; ++i) {
            if (widths[i] == 0) continue;
            const std::size_t gap = used == 0 ? 0 : 1;
            if (used + gap >= look_.columns) break;
            const std::size_t width = std::min(widths[i], look_.columns - used - gap);
            out += std::string(gap, ' ') + painted(fit(row[i].text, width), row[i].tone, look_.colour);
            used += gap + width;
        }
        return out;
    }

    std::string counts() const {
        const auto count = [&](JobState wanted) {
            return std::to_string(std::ranges::count(top_.workshop.jobs, wanted, &JobRow::state));
        };
        const auto part = [](const char* word, const std::string& number) {
            return std::string(word) + " " + number + "   ";
        };
        return fit(part(words_.waiting, count(JobState::waiting)) + part(words_.assigned, count(JobState::assigned)) +
                       part(words_.inspection, count(JobState::inspection)) +
                       part(words_.washing, count(JobState::washing)) + part(words_.ready, count(JobState::ready)) +
                       part(words_.booked, count(JobState::booked)),
                   look_.columns);
    }

    std::string next_up() const {
        std::string out = words_.next;
        for (const auto& id : top_.workshop.dispatch) {
            const JobRow* waiting = job(id);
            out += "  " + id + (waiting == nullptr ? "" : " " + waiting->plate);
        }
        return fit(harmless(out), look_.columns);
    }

    /// Cars predicted to miss their promise, the latest first: `R1002 -12m 8%`.
    std::string late() const {
        std::vector<const JobRow*> rows;
        for (const auto& row : top_.workshop.jobs) {
            if (row.spare.value_or(0) < 0) rows.push_back(&row);
        }
        std::ranges::stable_sort(rows, {}, [](const JobRow* row) { return *row->spare; });
        std::string out = words_.late;
        for (const auto* row : rows) {
            out += "  " + row->id + " " + std::to_string(*row->spare) + words_.minutes;
            if (row->chance) out += " " + std::to_string(*row->chance) + "%";
        }
        if (rows.empty()) out += std::string("  ") + words_.nobody_late;
        return painted(fit(harmless(out), look_.columns), rows.empty() ? Tone::dim : Tone::red, look_.colour);
    }

    std::string alerts() const {
        std::string out = words_.alerts + (" " + std::to_string(top_.alerts.alerts.size()));
        for (const auto& alert : top_.alerts.alerts) {
            out += "  " + alert.order + " " + alert_word(alert.kind, look_.chinese);
        }
        if (top_.alerts.alerts.empty()) out += std::string("  ") + words_.no_alerts;
        return painted(fit(harmless(out), look_.columns), top_.alerts.alerts.empty() ? Tone::dim : Tone::amber,
                       look_.colour);
    }

    const TopState& top_;
    const TopLook& look_;
    const TopWords& words_;
    std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> top_frame(const TopState& state_of_shop, const TopLook& look) {
    return Frame(state_of_shop, look).lines();
}

}  // namespace baytime::cli
