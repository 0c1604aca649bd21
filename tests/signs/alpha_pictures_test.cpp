// Chinese on Alpha signs: words as pictures, against the simulator, which shares no code with the driver.
#include "display-drivers/signs/alpha_frames.hpp"
#include "display-drivers/signs/alpha_sign.hpp"
#include "display-drivers/signs/link_plan.hpp"
#include "tests/signs/frames.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <set>

using namespace baytime::signs;

namespace {

const Driver& driver() {
    return *find_driver("alpha");
}

struct Played {
    explicit Played(const Setup& with) : setup(with), sign(with), sender(sign) {
        sender.send(driver().initialise(setup));
    }
    void show(const Page& page) { sender.send(driver().show(page, setup)); }
    Setup setup;
    AlphaSign sign;
    support::Sender sender;
};

}  // namespace

TEST_CASE("Chinese pages come out of pictures as they went in, for random pages", "[signs][alpha][pictures]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::vector<std::string> some{"沪", "粤", "质", "检", "洗", "车", "剩", "分", "钟", "工",   "位",   "·",
                                        "，", "A",  "7",  "*",  "K",  " ",  "2",  "5",  "号", "\x01", "\x1b", "\x04"};
    Played played(Setup{.shape = {.columns = 96, .rows = 32}, .chinese = true});
    for (int i = 0; i < 60; ++i) {
        Page page{.lines = {}, .priority = i % 7 == 3};
        Page visible = page;
        for (std::size_t lines = 1 + random() % 3; lines > 0; --lines) {
            page.lines.emplace_back();
            visible.lines.emplace_back();
            for (std::size_t segments = 1 + random() % 3; segments > 0; --segments) {
                std::string text, seen;
                for (std::size_t n = random() % 6; n > 0; --n) {
                    const auto& one = some[random() % some.size()];
                    text += one;
                    if (static_cast<unsigned char>(one[0]) >= 0x20) seen += one;
                }
                const auto meaning = static_cast<Meaning>(random() % 4);
                page.lines.back().push_back({text, meaning});
                visible.lines.back().push_back({seen, meaning});
            }
        }
        CAPTURE(text_of(page), page.priority);
        played.show(page);
        REQUIRE(played.sign.glass().page == tidy(visible));
        REQUIRE(played.sign.errors().empty());
        REQUIRE(played.sign.glass().pictures.empty());
    }
}

TEST_CASE("the same word keeps its picture from page to page", "[signs][alpha][pictures]") {
    const Setup setup{.shape = {.columns = 160, .rows = 16}, .chinese = true};
    const auto before = driver().show(page_of("3号 沪A7**K8 质检 25分"), setup);
    const auto after = driver().show(page_of("3号 沪A7**K8 质检 24分"), setup);
    std::map<std::string, Bytes> held;
    for (const auto& packet : before) held[packet.target] = packet.bytes;
    std::set<std::string> rewritten;
    for (const auto& packet : after) {
        if (held[packet.target] != packet.bytes) rewritten.insert(packet.target);
    }
    CHECK(rewritten.size() <= 3);  // the picture of `24`, its header, and the text that calls it
    CHECK(rewritten.contains("text"));
}

TEST_CASE("pictures of a page with too many words lose colours first, then lines", "[signs][alpha][pictures]") {
    Played played(Setup{.shape = {.columns = 96, .rows = 16}, .chinese = true});
    Page page;
    for (int number = 100; page.lines.size() < 30; number += 4) {
        std::string text;
        for (int one = number; one < number + 4; ++one) text += "检A" + std::to_string(one) + "质";
        page.lines.push_back({{text, Meaning::alarm}});
    }
    played.show(page);
    CHECK(played.sign.errors().empty());
    CHECK_FALSE(played.sign.glass().page.lines.empty());
    CHECK(played.sign.glass().page.lines.size() < 30);
    CHECK(played.sign.glass().page.lines[0][0].meaning == Meaning::normal);
}

TEST_CASE("a picture needs its file, its size and its pause, and may be more than text", "[signs][alpha][pictures]") {
    Played played(Setup{.shape = {.columns = 96, .rows = 16}, .chinese = true});
    using namespace alpha;
    played.sender.send(transmission(played.setup, {write_dots('~', {"101"})}));
    CHECK(played.sign.errors().at("unknown-file") == 1);
    played.sender.send(transmission(played.setup, {write_dots('B', {std::string(65, '1')})}));
    CHECK(played.sign.errors().at("too-long") == 1);
    played.sender.raw(support::joined(transmission(played.setup, {write_dots('B', {"101"})})));
    played.sender.wait(std::chrono::seconds(1));
    CHECK(played.sign.errors().at("no-pause") == 1);
    played.sender.send(transmission(played.setup, {write_dots('B', {"202", "020"})}));
    played.sender.send(transmission(played.setup, {write_text('A', ' ', 'b',
                                                              "x\x14"
                                                              "B")}));
    const Glass glass = played.sign.glass();
    REQUIRE(glass.pictures.size() == 1);
    CHECK(glass.pictures[0] == DotPicture{.columns = 3, .rows = 2, .lit = {1, 0, 1, 0, 1, 0}});
    CHECK(text_of(glass.page) == "x\uE000");
}

TEST_CASE("a picture that changes is sent with its header, and what follows comes last", "[signs][alpha][pictures]") {
    SignSettings settings;
    settings.setup = Setup{.shape = {.columns = 160, .rows = 16}, .chinese = true};
    LinkPlan plan(settings, {}, {});
    AlphaSign sign(settings.setup);
    support::Sender sender(sign);
    plan.opened();
    Moment now{std::chrono::hours(1)};
    const auto send_all = [&] {
        for (auto step = plan.next(now); step.kind != LinkStep::Kind::wait; step = plan.next(now)) {
            if (step.kind == LinkStep::Kind::ask) {
                plan.answered(step.question, std::nullopt, now);
                continue;
            }
            sender.send({step.packet});
            plan.sent(step.packet);
        }
    };
    for (const auto* text : {"沪A12345 质检", "沪A12345 洗车", "粤B54321 质检", "粤B54321 洗车", "沪A12345 质检"}) {
        CAPTURE(text);
        plan.show(page_of(text));
        send_all();
        CHECK(text_of(sign.glass().page) == text);
        CHECK(sign.errors().empty());
    }
}
