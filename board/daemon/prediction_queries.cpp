#include "board/daemon/prediction_queries.hpp"

#include "board/core/calibration.hpp"
#include "board/core/quote.hpp"
#include "board/daemon/parameter.hpp"

#include <algorithm>

namespace baytime::daemon {

namespace json = boost::json;

namespace {

/// predicted, promise, spare, chance: what is known of them.
void add_times(json::object& out, const Prediction& prediction) {
    out["predicted"] = protocol::iso_utc(prediction.ready);
    if (!prediction.promise) return;
    out["promise"] = protocol::iso_utc(*prediction.promise);
    out["spare"] = prediction.spare;
    out["chance"] = prediction.chance;
}

/// Where the minutes of the work come from, item by item.
void add_work_lines(const Board& board, const Shop& shop, const std::vector<Item>& items, const OwnWork& work,
                    json::array& lines) {
    for (const auto& item : items) {
        if (!counts(shop, item)) continue;
        const auto plan = plan_of(board, shop, item);
        json::object line{{"what", "item"}, {"minutes", plan.minutes}};
        if (!item.code.empty()) line["code"] = item.code;
        line["name"] = item.name;
        line["source"] = plan.jobs > 0 ? "own_jobs" : "standard";
        if (plan.jobs > 0) line["jobs"] = plan.jobs;
        if (plan.jobs > 0) line["standard"] = item.minutes;
        if (item.consent == Consent::open) line["consent"] = name(item.consent);
        lines.push_back(std::move(line));
    }
    if (items.empty()) lines.push_back({{"what", "no_items"}, {"minutes", work.planned}});
    if (work.clocked > 0) lines.push_back({{"what", "clocked"}, {"minutes", -work.clocked}});
    const int left = work.planned - work.clocked;
    if (work.remaining > left) lines.push_back({{"what", "unfinished"}, {"minutes", work.remaining - left}});
}

/// The orders whose work on this bay is over before that of `one` begins.
json::array ahead_of(const Predictions& all, const Prediction& one, Instant begins) {
    std::vector<std::pair<Instant, std::string>> ahead;
    for (const auto& [order, other] : all.jobs) {
        if (other.bay != one.bay || order == one.order) continue;
        const auto work = std::ranges::find(other.legs, Stage::work, &Leg::stage);
        if (work != other.legs.end() && work->to <= begins) ahead.emplace_back(work->to, order);
    }
    std::ranges::sort(ahead);
    json::array out;
    for (const auto& [done, order] : ahead) out.push_back(json::string(order));
    return out;
}

void add_legs(const Predictions* all, const Prediction& one, json::array& lines) {
    for (const auto& leg : one.legs) {
        json::object line{{"what", name(leg.stage)}, {"minutes", leg.minutes}};
        line["from"] = protocol::iso_utc(leg.from);
        line["to"] = protocol::iso_utc(leg.to);
        if (leg.level > 0) line["level"] = leg.level;
        if ((leg.stage == Stage::queue || leg.stage == Stage::work) && !one.bay.empty()) line["bay"] = one.bay;
        if (leg.stage == Stage::queue && all) line["ahead"] = ahead_of(*all, one, leg.to);
        lines.push_back(std::move(line));
    }
}

/// The newest time that somebody said, when it lies behind the sum: the chance to keep the promise goes by it.
void add_word(const Job& job, const Calendar& calendar, Instant ready, json::array& lines) {
    if (!job.estimate || minute_of(*job.estimate) <= ready) return;
    json::object line{{"what", "said"}, {"minutes", calendar.working_minutes(ready, *job.estimate).count()}};
    line["from"] = protocol::iso_utc(ready);
    line["to"] = protocol::iso_utc(*job.estimate);
    if (!job.delays.empty() && job.delays.back().estimate == *job.estimate) {
        line["by"] = job.delays.back().by;
        line["reason"] = name(job.delays.back().reason);
    }
    lines.push_back(std::move(line));
}

Refused no_such(std::string_view token, std::string sentence) {
    return {std::string(token), std::move(sentence), protocol::code_of(token)};
}

}  // namespace

Outcome list_predictions(const House& house) {
    const auto& all = house.workshop.predictions(house.clock.now());
    std::vector<const Prediction*> rows;
    for (const auto& [order, one] : all.jobs) rows.push_back(&one);
    std::ranges::stable_sort(rows, {}, &Prediction::spare);
    protocol::Result result{.members = {}, .lines_name = "predictions", .lines = {}};
    for (const auto* one : rows) {
        const Job& job = house.workshop.board().jobs.at(one->order);
        json::object line{{"order", one->order}, {"plate", job.plate}, {"state", name(job.state)}};
        if (!one->bay.empty()) line["bay"] = one->bay;
        add_times(line, *one);
        result.lines.push_back(std::move(line));
    }
    result.members["at"] = protocol::iso_utc(all.at);
    result.members["count"] = rows.size();
    result.members["late"] = std::ranges::count_if(rows, [](const Prediction* one) { return one->late(); });
    return result;
}

Outcome why(const House& house, const protocol::Query& query) {
    auto order = parameter(query, "order");
    std::ranges::transform(order, order.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const auto& board = house.workshop.board();
    const auto* job = board.find(order);
    if (job == nullptr) return no_such("unknown-order", "no job has this order number; see jobs");
    const auto& all = house.workshop.predictions(house.clock.now());
    const auto* one = all.find(order);
    if (one == nullptr) {
        return no_such("not-from-here", order + " is " + name(job->state) +
                                            "; only a car that is here and not ready yet has a prediction");
    }
    protocol::Result result{.members = {}, .lines_name = "lines", .lines = {}};
    result.members["order"] = order;
    result.members["at"] = protocol::iso_utc(all.at);
    add_times(result.members, *one);
    json::array lines;
    if (one->work.remaining > 0) add_work_lines(board, house.workshop.shop(), job->items, one->work, lines);
    add_legs(&all, *one, lines);
    add_word(*job, house.workshop.shop().calendar, one->ready, lines);
    for (auto& line : lines) result.lines.push_back(std::move(line));
    return result;
}

Outcome tell_quote(const House& house, const protocol::Query& query) {
    Job job;
    job.order = "quote";  // in small letters: no order is called so
    job.type = from_name<RepairType>(parameter(query, "type")).value_or(RepairType::maintenance);
    job.express = parameter(query, "express") == "yes";
    const auto wash = query.parameters.find("wash");
    job.wash = wash == query.parameters.end() || wash->second == "yes";
    job.appointment_at = protocol::from_iso(parameter(query, "appointment"));
    if (const auto items = parameter(query, "items"); !items.empty())
        protocol::read_json(json::parse(items), job.items);
    const auto& board = house.workshop.board();
    const auto& shop = house.workshop.shop();
    const auto told = quote_named(board, shop, job, house.clock.now());
    if (const auto* no = std::get_if<Rejection>(&told)) return no_such(token(no->refusal), no->sentence);
    const auto& one = std::get<Quote>(told);
    protocol::Result result{.members = {}, .lines_name = "lines", .lines = {}};
    result.members["promise"] = protocol::iso_utc(one.honest);
    result.members["predicted"] = protocol::iso_utc(one.prediction.ready);
    result.members["chance"] = one.prediction.chance;
    json::array lines;
    add_legs(nullptr, one.prediction, lines);
    for (auto& line : lines) result.lines.push_back(std::move(line));
    return result;
}

Outcome tell_calibration(const House& house) {
    const auto now = house.clock.now();
    const auto found = calibrate(house.workshop.board(), now - calibration_window, now + std::chrono::minutes{1});
    auto all = protocol::to_json(found).as_object();
    protocol::Result result{.members = {}, .lines_name = "bands", .lines = {}};
    for (auto& band : all.at("bands").as_array()) result.lines.push_back(std::move(band));
    all["bands"] = nullptr;
    for (const auto& member : all) {
        if (!member.value().is_null()) result.members[member.key()] = member.value();
    }
    return result;
}

}  // namespace baytime::daemon
