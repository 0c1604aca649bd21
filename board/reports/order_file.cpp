#include "board/reports/order_file.hpp"

#include "board/core/letters.hpp"
#include "board/reports/csv.hpp"
#include "board/reports/order_values.hpp"
#include "protocol/text.hpp"
#include "protocol/values.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <unordered_map>

namespace baytime::reports {

namespace {

/// The columns in a fixed order; a file has them in any.
enum Column {
    order_no,
    plate,
    repair_type,
    advisor,
    technicians,
    received_at,
    promised_at,
    repromised_at,
    repromise_confirmed_at,
    repromise_reason,
    settled_at,
    customer_cause,
    excuse_decision,
    callback,
    inspection_failed,
    return_of,
    amount,
    delay_flagged_at,
    delay_minutes,
    delay_reason,
    inspected,
    column_count
};
/// A file without these is no list of settled orders.
constexpr Column needed[] = {order_no, repair_type, advisor, received_at, promised_at, settled_at};

/// Longest delay that is believed, in minutes: two months.
constexpr int max_delay_minutes = 60 * 24 * 60;
/// Longest free text of a row, in bytes.
constexpr std::size_t max_text = 200;
/// Most technicians of one order.
constexpr std::size_t max_technicians = 50;

std::string lower(std::string_view text) {
    std::string out(trimmed(text));
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string shown(std::string_view value) {
    if (value.size() <= max_shown_bytes) return std::string(value);
    std::size_t end = max_shown_bytes;
    while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
    return std::string(value.substr(0, end)) + "…";
}

/// Where each of our columns stands in the file.
struct Header {
    std::vector<int> place = std::vector<int>(column_count, -1);
    std::size_t width = 0;
};

/// One row: its values by column, what is wrong, and the fact it becomes.
class RowReader {
public:
    RowReader(const Header& header, const CsvRow& row, const ShopZone& zone)
        : header_(header), row_(row), zone_(zone) {}

    /// True when the row is good; then `order` and `settled` say which order it is and whether it is settled.
    bool read() {
        take(order_no, true, &read_order_number, order_.order);
        take_text(plate, fact().plate);
        take(repair_type, true, &read_repair_type, fact().type);
        take(advisor, false, &read_person, fact().advisor);
        take_technicians();
        take_moment(received_at, true, fact().received);
        take_moment(promised_at, true, fact().promise);
        take_moment(repromised_at, false, fact().repromise);
        take_moment(repromise_confirmed_at, false, fact().confirmed);
        take_word(repromise_reason, fact().reason);
        std::optional<Instant> settled;
        take_moment(settled_at, false, settled);
        settled_ = settled.has_value();
        fact().settled = settled.value_or(Instant{});
        take_optional_text(customer_cause, fact().customer_cause);
        take_word(excuse_decision, fact().decision);
        take_word(callback, fact().call_back);
        if (!value(inspected).empty()) take_yes(inspected, fact().inspected);
        take_yes(inspection_failed, fact().inspection_failed);
        take(return_of, false, &read_order_number, fact().return_of);
        take(amount, false, &read_yuan, fact().amount);
        take_moment(delay_flagged_at, false, fact().delay_flagged);
        take_minutes(delay_minutes, fact().delay_minutes);
        take_word(delay_reason, fact().delay_reason);
        check_order_of_times();
        order_.line = row_.line;
        return faults_.empty();
    }

    bool settled() const { return settled_; }
    NewOrder& order() { return order_; }
    std::vector<Fault>& faults() { return faults_; }

private:
    Imported& fact() { return order_.fact; }

    std::string_view value(Column column) const {
        const int place = header_.place[column];
        if (place < 0 || static_cast<std::size_t>(place) >= row_.fields.size()) return {};
        return trimmed(without_guard(trimmed(row_.fields[static_cast<std::size_t>(place)])));
    }

    void fault(Column column, std::string why) {
        faults_.push_back({.line = row_.line,
                           .order = shown(value(order_no)),
                           .column = order_columns[column],
                           .value = shown(value(column)),
                           .why = std::move(why)});
    }

    template <class Reader, class Into>
    void take(Column column, bool required, const Reader& reader, Into& into) {
        const auto text = value(column);
        if (text.empty()) {
            if (required) fault(column, "a value is missing");
            return;
        }
        auto read = reader(text);
        if (const auto* accepted = std::get_if<Accepted>(&read)) return fault(column, "must be " + accepted->what);
        into = std::move(std::get<0>(read));
    }

    template <class Into>
    void take_moment(Column column, bool required, Into& into) {
        take(
            column, required, [this](std::string_view text) { return read_moment(text, zone_); }, into);
    }

    template <class E>
    void take_word(Column column, std::optional<E>& into) {
        const auto text = value(column);
        if (text.empty()) return;
        into = from_name<E>(text);
        if (!into) fault(column, "must be empty or one of " + protocol::one_of(protocol::names_of<E>()));
    }

    /// A text of several lines becomes one line.
    void take_text(Column column, std::string& into) {
        std::string text(value(column));
        std::ranges::replace_if(
            text,
            [](char c) {
                return has_control({&c, 1});
            },
            ' ');
        if (text.size() > max_text) return fault(column, fmt::format("must have at most {} bytes", max_text));
        into = std::move(text);
    }

    void take_optional_text(Column column, std::optional<std::string>& into) {
        std::string text;
        take_text(column, text);
        if (!text.empty()) into = std::move(text);
    }

    void take_yes(Column column, bool& into) {
        const auto text = value(column);
        if (text != "" && text != "0" && text != "1") return fault(column, "must be 0 or 1");
        into = text == "1";
    }

    void take_minutes(Column column, std::optional<int>& into) {
        const auto text = value(column);
        if (text.empty()) return;
        int minutes = 0;
        const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), minutes);
        if (failed != std::errc{} || end != text.data() + text.size() || minutes < 0 || minutes > max_delay_minutes)
            return fault(column, fmt::format("must be whole minutes from 0 to {}", max_delay_minutes));
        into = minutes;
    }

    void take_technicians() {
        std::string_view rest = value(technicians);
        while (!rest.empty()) {
            const std::size_t bar = rest.find('|');
            const auto one = trimmed(rest.substr(0, bar));
            rest.remove_prefix(bar == std::string_view::npos ? rest.size() : bar + 1);
            if (one.empty()) continue;
            auto read = read_person(one);
            if (const auto* accepted = std::get_if<Accepted>(&read))
                return fault(technicians, "each must be " + accepted->what);
            fact().technicians.push_back(std::move(std::get<0>(read)));
        }
        if (fact().technicians.size() > max_technicians)
            fault(technicians, fmt::format("at most {} technicians, separated by |", max_technicians));
    }

    void check_order_of_times() {
        if (!faults_.empty() || !settled_ || fact().settled >= fact().received) return;
        fault(settled_at, "lies before received_at");
    }

    const Header& header_;
    const CsvRow& row_;
    const ShopZone& zone_;
    NewOrder order_;
    bool settled_ = false;
    std::vector<Fault> faults_;
};

/// Our column for a header name of the file, or column_count.
int column_of(const std::string& name, const Mapping& mapping) {
    const auto mapped = mapping.find(name);
    const std::string& ours = mapped == mapping.end() ? name : mapped->second;
    return static_cast<int>(std::ranges::find(order_columns, ours) - order_columns.begin());
}

/// Reads the header; what is wrong with it goes into the file's faults.
Header read_header(const CsvRow& row, const Mapping& mapping, OrderFile& file) {
    Header header{.width = row.fields.size()};
    const auto fault = [&](std::string_view column, std::string why) {
        file.faults.push_back(
            {.line = row.line, .order = {}, .column = std::string(column), .value = {}, .why = std::move(why)});
    };
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
        const int column = column_of(lower(row.fields[i]), mapping);
        if (column == column_count) {
            if (!trimmed(row.fields[i]).empty()) file.ignored.push_back(shown(trimmed(row.fields[i])));
            continue;
        }
        int& place = header.place[static_cast<std::size_t>(column)];
        if (place >= 0) fault(order_columns[static_cast<std::size_t>(column)], "the header names this column twice");
        place = static_cast<int>(i);
    }
    for (const Column column : needed) {
        if (header.place[column] >= 0) continue;
        std::string near = file.ignored.empty() ? "" : protocol::did_you_mean(order_columns[column], file.ignored);
        fault(order_columns[column], "the header has no such column; a mapping file can rename another one." + near);
    }
    return header;
}

class FileReader {
public:
    FileReader(std::string_view text, const Mapping& mapping, const ShopZone& zone)
        : csv_(text), mapping_(mapping), zone_(zone) {}

    OrderFile read() {
        CsvRow row;
        if (!csv_.next(row)) {
            file_.faults.push_back({.line = 1, .why = "the file is empty; its first row names the columns"});
            return std::move(file_);
        }
        header_ = read_header(row, mapping_, file_);
        if (!file_.faults.empty()) return std::move(file_);
        while (csv_.next(row)) {
            if (++file_.rows > max_import_orders) {
                file_.faults = {
                    {.line = row.line, .why = fmt::format("a file may have {} orders; cut it", max_import_orders)}};
                return std::move(file_);
            }
            take(row);
        }
        return std::move(file_);
    }

private:
    void take(const CsvRow& row) {
        std::string why = row.fault;
        if (why.empty() && row.fields.size() != header_.width)
            why = fmt::format("{} fields, but the header has {}", row.fields.size(), header_.width);
        if (!why.empty()) {
            ++file_.bad_rows;
            file_.faults.push_back({.line = row.line, .order = shown(trimmed(row.fields.front())), .why = why});
            return;
        }
        RowReader reader(header_, row, zone_);
        if (!reader.read()) {
            ++file_.bad_rows;
            std::ranges::move(reader.faults(), std::back_inserter(file_.faults));
        } else if (!reader.settled()) {
            ++file_.not_settled;
        } else {
            keep(std::move(reader.order()));
        }
    }

    void keep(NewOrder order) {
        const auto [found, fresh] = seen_.try_emplace(order.order, file_.orders.size());
        if (fresh) return file_.orders.push_back(std::move(order));
        const NewOrder& first = file_.orders[found->second];
        if (first.fact == order.fact) {
            ++file_.repeated;
            return;
        }
        ++file_.bad_rows;
        file_.faults.push_back({.line = order.line,
                                .order = order.order,
                                .column = order_columns[order_no],
                                .value = order.order,
                                .why = fmt::format("line {} has this order too, with other values", first.line)});
    }

    CsvReader csv_;
    const Mapping& mapping_;
    const ShopZone& zone_;
    Header header_;
    OrderFile file_;
    std::unordered_map<std::string, std::size_t> seen_;
};

}  // namespace

const std::vector<std::string> order_columns{"order_no",         "plate",         "repair_type",
                                             "advisor",          "technicians",   "received_at",
                                             "promised_at",      "repromised_at", "repromise_confirmed_at",
                                             "repromise_reason", "settled_at",    "customer_cause",
                                             "excuse_decision",  "callback",      "inspection_failed",
                                             "return_of",        "amount",        "delay_flagged_at",
                                             "delay_minutes",    "delay_reason",  "inspected"};

OrderFile read_orders(std::string_view text, const Mapping& mapping, const ShopZone& zone) {
    return FileReader(text, mapping, zone).read();
}

}  // namespace baytime::reports
