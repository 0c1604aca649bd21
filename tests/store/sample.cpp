#include "tests/store/sample.hpp"

#include "board/store/fact_json.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace baytime::support {
namespace {

constexpr Instant morning{std::chrono::milliseconds{1763690400123}};  // 2025-11-21T02:00:00.123Z

}  // namespace

std::vector<Fact> every_fact() {
    const Item item{
        .code = "M-010", .name = "换机油 \"5W-30\"", .minutes = 40, .added = true, .consent = Consent::open};
    const Instant later = morning + std::chrono::minutes{90};
    return {
        Booked{.plate = "沪A12345",
               .model = "帕萨特",
               .type = RepairType::repair,
               .appointment = morning,
               .promise = later,
               .customer = "王芳",
               .phone = "13800000001",
               .advisor = "201",
               .items = {item},
               .wash = false,
               .express = true},
        Received{.plate = "沪AD12338",
                 .model = "Model 3",
                 .type = RepairType::accident,
                 .promise = later,
                 .customer = "李雷",
                 .phone = "13800000002",
                 .advisor = "202",
                 .return_of = "R0999",
                 .items = {item, item},
                 .wash = false,
                 .express = true,
                 .waiting = true},
        Assigned{.bay = "3", .technician = "101", .parked = true},
        Unassigned{},
        Started{.technician = "101", .bay = "3"},
        ClockedOff{.technician = "102"},
        Paused{.reason = PauseReason::parts},
        Finished{},
        Inspected{.level = 3, .passed = true, .reason = "制动异响", .next = JobState::washing},
        Washed{},
        MadeReady{},
        Delivered{.rule = 1,
                  .original_promise = morning,
                  .promise = later,
                  .verdict = Verdict::excused,
                  .pending = true,
                  .amount = 128050,
                  .held = true},
        Cancelled{.reason = "customer left\tangry"},
        DidNotShow{},
        Corrected{.plate = "沪B00001",
                  .model = "Polo",
                  .customer = "",
                  .phone = "1",
                  .advisor = "203",
                  .return_of = "R1",
                  .type = RepairType::warranty,
                  .promise = later,
                  .wash = false,
                  .waiting = true,
                  .express = true,
                  .amount = 99900},
        Undone{.first = 4},
        PromiseSet{.to = later},
        Repromised{
            .to = later, .reason = DelayReason::added_work, .who = "王芳", .how = ContactHow::phone, .counts = true},
        Estimated{.to = later},
        DelayFlagged{.estimate = later,
                     .reason = DelayReason::parts,
                     .text = "等机油滤芯",
                     .notice = Notice::short_notice,
                     .minutes = 30,
                     .notice_minutes = 45},
        WorkAdded{.item = item},
        ConsentGiven{.item = 2, .declined = true, .who = "王芳", .how = ContactHow::message},
        Contacted{.who = "王芳", .how = ContactHow::phone, .text = "will wait"},
        CalledBack{.late = true, .text = "晚了半小时"},
        Excused{.cause = "客户中途取走车辆", .signature = "单据 0017"},
        ExcuseDecided{.decision = ExcuseDecision::rejected},
        AlertRaised{.alert = "ask_30:R1001",
                    .kind = AlertKind::ask_30,
                    .about = later,
                    .since = morning,
                    .whom = Role::technician,
                    .person = "101"},
        AlertEscalated{.alert = "ask_30:R1001", .whom = Role::foreman, .person = "301"},
        AlertAcknowledged{.alert = "ask_30:R1001", .answer = AlertAnswer::yes},
        AlertClosed{.alert = "ask_30:R1001"},
        DayConfirmed{.day = std::chrono::year{2025} / 11 / 21},
        Imported{.plate = "沪C12345",
                 .type = RepairType::accident,
                 .advisor = "A01",
                 .technicians = {"T01", "T02"},
                 .received = morning,
                 .promise = later,
                 .settled = later,
                 .repromise = later,
                 .confirmed = morning,
                 .reason = ImportedReason::added_work,
                 .customer_cause = "S-1",
                 .decision = ExcuseDecision::accepted,
                 .call_back = ImportedCallBack::late,
                 .inspection_failed = true,
                 .return_of = "R0001",
                 .amount = 123456,
                 .delay_flagged = morning,
                 .delay_minutes = 30,
                 .delay_reason = DelayReason::parts,
                 .notice_minutes = 45},
        VerdictStamped{.rule = 1,
                       .settled_at = later,
                       .original_promise = morning,
                       .promise = later,
                       .verdict = Verdict::late,
                       .pending = true,
                       .correction_seconds = -7200},
        Erased{},
    };
}

Event sample_event(std::uint64_t seq) {
    static const std::vector<Fact> facts = every_fact();
    const auto at = morning + std::chrono::milliseconds{1000 * seq};
    return {.seq = seq,
            .at = at,
            .received = at + std::chrono::milliseconds{seq % 7},
            .who = std::to_string(100 + seq % 9),
            .cause = "c" + std::to_string(seq / 2),
            .order = "R" + std::to_string(1000 + seq % 5),
            // Not the last kind: it would blank the events before it.
            .fact = facts[seq % (facts.size() - 1)]};
}

std::vector<Event> sample_events(std::uint64_t first, std::uint64_t last) {
    std::vector<Event> out;
    for (std::uint64_t seq = first; seq <= last; ++seq) out.push_back(sample_event(seq));
    return out;
}

std::string line(const Event& event) {
    return std::to_string(event.seq) + " " + std::to_string(event.at.time_since_epoch().count()) + " " +
           std::to_string(event.received.time_since_epoch().count()) + " " + event.who + " " + event.cause + " " +
           event.order + " " + std::string(store::fact_name(event.fact)) + " " + store::fact_json(event.fact);
}

std::vector<std::string> lines(const std::vector<Event>& events) {
    std::vector<std::string> out;
    for (const Event& event : events) out.push_back(line(event));
    return out;
}

std::vector<std::string> lines(store::Journal& journal) {
    std::vector<std::string> out;
    journal.read(0, [&](const Event& event) {
        out.push_back(line(event));
        return true;
    });
    return out;
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

std::vector<std::string> names_in(const std::filesystem::path& directory) {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) out.push_back(entry.path().filename());
    std::ranges::sort(out);
    return out;
}

void by_hand(const std::filesystem::path& path, const std::string& sql) {
    SQLite::Database(path.string(), SQLite::OPEN_READWRITE).exec(sql);
}

}  // namespace baytime::support
