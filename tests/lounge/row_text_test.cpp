// The wording of rows.
#include "display-drivers/lounge/row_text.hpp"

#include "tests/lounge/support.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::lounge;

namespace {

RowContext context(Language language = Language::chinese, bool stale = false) {
    return {.today = support::clock_at(9, 42).local(support::at(9, 42)),
            .offset = std::chrono::hours(8),
            .language = language,
            .stale = stale};
}

LoungeRow row() {
    return support::eight_cars().rows[2];
}

}  // namespace

TEST_CASE("a car on its way says step, promise, and a time that is on time", "[row]") {
    const RowText text = row_text(row(), context());
    CHECK(text.tone == Tone::calm);
    CHECK(text.plate_head == "浙B");
    CHECK(text.plate_tail == "5**6D");
    CHECK(text.work == "更换刹车片");
    CHECK(text.bay == "2号工位");
    CHECK(text.step_text == "质检中");
    CHECK(text.step == 3);
    CHECK(text.promise == "10:15");
    CHECK_FALSE(text.promise_struck);
    CHECK(text.expected == "10:10");
    CHECK(text.note == "准时");
}

TEST_CASE("a moved time strikes the old one and says whether the customer knows", "[row]") {
    LoungeRow moved = row();
    moved.moved = true;
    moved.expected = support::at(11, 0);
    CHECK(row_text(moved, context()).note == "时间有调整，|顾问将与您联系");
    moved.told = true;
    const RowText text = row_text(moved, context());
    CHECK(text.tone == Tone::moved);
    CHECK(text.promise_struck);
    CHECK(text.expected == "11:00");
    CHECK(text.note == "已与您确认");
}

TEST_CASE("a time that has passed is not shown as one to expect", "[row]") {
    LoungeRow late = row();
    late.overdue = true;
    CHECK(row_text(late, context()).expected.empty());
    CHECK(row_text(late, context()).call == "比约定稍晚，|正在抓紧");
    CHECK(row_text(late, context()).tone == Tone::moved);
    CHECK(row_text(late, context(Language::chinese, true)).call == "比约定稍晚");
    CHECK(row_text(late, context(Language::english)).call == "A little late –|we are on it");
}

TEST_CASE("a ready car is called, a delivered one gets a good wish", "[row]") {
    LoungeRow done = row();
    done.step = Step::ready;
    done.overdue = true;  // ready is ready
    CHECK(row_text(done, context()).call == "请到前台取车");
    CHECK(row_text(done, context()).tone == Tone::ready);
    done.delivered = true;
    const RowText text = row_text(done, context());
    CHECK(text.step_text == "已交车");
    CHECK(text.tone == Tone::delivered);
    CHECK(text.call == "祝您一路平安");
}

TEST_CASE("a pause has a kind reason", "[row]") {
    struct Case {
        PauseReason reason;
        const char* chinese;
        const char* english;
    };
    const auto c = GENERATE(values<Case>({{PauseReason::parts, "维修中·等待配件", "In repair·awaiting parts"},
                                          {PauseReason::customer, "维修中·等待您的确认", "In repair·awaiting your OK"},
                                          {PauseReason::rest, "维修中·稍后继续", "In repair·back soon"}}));
    LoungeRow paused = row();
    paused.step = Step::repair;
    paused.paused_for = c.reason;
    CHECK(row_text(paused, context()).step_text == c.chinese);
    CHECK(row_text(paused, context(Language::english)).step_text == c.english);
}

TEST_CASE("English readers get the kind of work and the bay in English", "[row]") {
    LoungeRow english = row();
    CHECK(row_text(english, context(Language::english)).work == "Repair");
    CHECK(row_text(english, context(Language::english)).bay == "Bay 2");
    english.work = "Brake pads";
    CHECK(row_text(english, context(Language::english)).work == "Brake pads");
    english.work.clear();
    CHECK(row_text(english, context()).work == "维修");
}

TEST_CASE("a time on another day says the day", "[row]") {
    LoungeRow tomorrow = row();
    tomorrow.promise = tomorrow.expected = support::at(16, 0) + std::chrono::hours(24);
    CHECK(row_text(tomorrow, context()).promise_day == "明天");
    CHECK(row_text(tomorrow, context()).note == "明天");
    tomorrow.expected = support::at(16, 0) + std::chrono::hours(48);
    CHECK(row_text(tomorrow, context()).note == "11月23日");
    CHECK(row_text(tomorrow, context(Language::english)).note == "23 Nov");
}

TEST_CASE("while the daemon is away nothing is called on time", "[row]") {
    CHECK(row_text(row(), context(Language::chinese, true)).note.empty());
    CHECK(row_text(row(), context(Language::chinese, true)).expected == "10:10");
}

TEST_CASE("a car in doubt is not called on time, nor late", "[row]") {
    LoungeRow doubtful = row();
    doubtful.on_track = false;
    CHECK(row_text(doubtful, context()).note.empty());
    CHECK(row_text(doubtful, context()).expected == "10:10");
    CHECK(row_text(doubtful, context()).tone == Tone::calm);
}

TEST_CASE("a car without a time says that it is open", "[row]") {
    LoungeRow open = row();
    open.expected.reset();
    open.promise.reset();
    CHECK(row_text(open, context()).call == "时间待定");
    CHECK(row_text(open, context()).promise.empty());
}
