#include "board/reports/order_file.hpp"

#include "board/core/letters.hpp"
#include "board/reports/order_values.hpp"
#include "protocol/text.hpp"
#include "protocol/values.hpp"

#include <algorithm>
#include <iterator>
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
const std::vector<int> needed{order_no, repair_type, advisor, received_at, promised_at, settled_at};
/// People write these between names; only | separates them.
constexpr std::string_view wrong_separators[] = {",", ";", "、", "/", "，", "；", "／"};

/// Longest delay that is believed, in minutes: two months.
constexpr int max_delay_minutes = 60 * 24 * 60;
/// Longest free text of a row, in bytes.
constexpr std::size_t max_text = 200;
/// Most technicians of one order.
constexpr std::size_t max_technicians = 50;
/// Columns that mean nothing without another one.
struct Needs {
    Column column, other;
};
constexpr Needs leaning[] = {{excuse_decision, customer_cause},
                             {delay_minutes, delay_flagged_at},
                             {delay_reason, delay_flagged_at},
                             {repromise_confirmed_at, repromised_at},
                             {repromise_reason, repromised_at}};

/// One row: its values by column, what is wrong, and the fact it becomes.
class RowReader {
public:
    RowReader(const TableFile& file, const ShopZone& zone) : file_(file), zone_(zone) {}

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
        if (faults_.empty()) check_sense();
        order_.line = file_.line();
        return faults_.empty();
    }

    bool settled() const { return settled_; }
    NewOrder& order() { return order_; }
    std::vector<Fault>& faults() { return faults_; }

private:
    Imported& fact() { return order_.fact; }

    std::string_view value(Column column) const { return file_.value(column); }
    void fault(Column column, Why why) { faults_.push_back(file_.fault(column, std::move(why))); }

    template <class Reader, class Into>
    void take(Column column, bool required, const Reader& reader, Into& into) {
        const auto text = value(column);
        if (text.empty()) {
            if (required) fault(column, {Wrong::value_missing});
            return;
        }
        auto read = reader(text);
        if (auto* why = std::get_if<Why>(&read)) return fault(column, std::move(*why));
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
        if (!into) fault(column, {Wrong::bad_word, protocol::names_of<E>()});
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
        if (text.size() > max_text) return fault(column, {Wrong::text_too_long, {std::to_string(max_text)}});
        into = std::move(text);
    }

    void take_optional_text(Column column, std::optional<std::string>& into) {
        std::string text;
        take_text(column, text);
        if (!text.empty()) into = std::move(text);
    }

    void take_yes(Column column, bool& into) {
        const auto text = value(column);
        if (text != "" && text != "0" && text != "1") return fault(column, {Wrong::bad_flag});
        into = text == "1";
    }

    void take_minutes(Column column, std::optional<int>& into) {
        take(
            column, false, [](std::string_view text) { return read_minutes(text, 0, max_delay_minutes); }, into);
    }

    void take_technicians() {
        std::string_view rest = value(technicians);
        for (const auto wrong : wrong_separators) {
            if (rest.find(wrong) != std::string_view::npos)
                return fault(technicians, {Wrong::people_separator, {std::string(wrong)}});
        }
        while (!rest.empty()) {
            const std::size_t bar = rest.find('|');
            const auto one = trimmed(rest.substr(0, bar));
            rest.remove_prefix(bar == std::string_view::npos ? rest.size() : bar + 1);
            if (one.empty()) continue;
            auto read = read_person(one);
            if (auto* why = std::get_if<Why>(&read)) return fault(technicians, std::move(*why));
            fact().technicians.push_back(std::move(std::get<0>(read)));
        }
        if (fact().technicians.size() > max_technicians)
            fault(technicians, {Wrong::too_many_people, {std::to_string(max_technicians)}});
    }

    /// What no order can be, though each value is good.
    void check_sense() {
        if (settled_ && fact().settled < fact().received) fault(settled_at, {Wrong::settled_early});
        if (value(inspected) == "0" && fact().inspection_failed) fault(inspection_failed, {Wrong::not_inspected});
        if (fact().return_of == order_.order) fault(return_of, {Wrong::returns_itself});
    }

    const TableFile& file_;
    const ShopZone& zone_;
    NewOrder order_;
    bool settled_ = false;
    std::vector<Fault> faults_;
};

const TableShape& shape() {
    static const TableShape all{
        .columns = order_columns, .needed = needed, .max_rows = max_import_orders, .mapped = true};
    return all;
}

class FileReader {
public:
    FileReader(std::string_view text, const Mapping& mapping, const ShopZone& zone)
        : table_(text, shape(), mapping), zone_(zone) {}

    OrderFile read() {
        while (table_.next(file_.faults)) take();
        if (table_.rows() > max_import_orders) file_.orders.clear();
        file_.rows = table_.rows();
        file_.bad_rows += table_.bad_rows();
        file_.ignored = table_.ignored();
        return std::move(file_);
    }

private:
    void take() {
        RowReader reader(table_, zone_);
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
        if (fresh) {
            note_passed_over();
            return file_.orders.push_back(std::move(order));
        }
        const NewOrder& first = file_.orders[found->second];
        if (first.fact == order.fact) {
            ++file_.repeated;
            return;
        }
        ++file_.bad_rows;
        file_.faults.push_back(table_.fault(order_no, {Wrong::order_twice, {std::to_string(first.line)}}));
    }

    /// What the row says and nothing follows from: whoever wrote it should hear so.
    void note_passed_over() {
        for (const auto& [column, other] : leaning) {
            if (table_.value(column).empty() || !table_.value(other).empty()) continue;
            if (file_.passed_over_count++ < max_passed_over_listed)
                file_.passed_over.push_back(
                    table_.fault(column, {Wrong::means_nothing, {order_columns[static_cast<std::size_t>(other)]}}));
        }
    }

    TableFile table_;
    const ShopZone& zone_;
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
