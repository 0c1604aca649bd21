// The Onbon driver against its simulator, which shares no code with it.
#include "display-drivers/signs/gbk.hpp"
#include "display-drivers/signs/link_plan.hpp"
#include "display-drivers/signs/onbon_sign.hpp"
#include "tests/signs/codec_golden.hpp"
#include "tests/signs/sign_pages.hpp"

using namespace baytime::signs;
using namespace std::chrono_literals;

namespace {

const Driver& driver() {
    return *find_driver("onbon");
}

Setup sign_of(int columns, int rows, std::map<std::string, std::string> options = {}) {
    Setup setup = usual_setup(driver());
    setup.shape = {.columns = columns, .rows = rows};
    setup.options = std::move(options);
    return setup;
}

struct Played {
    Setup setup;
    OnbonSign sign{setup};
    support::Sender sender{sign};
    explicit Played(Setup with) : setup(std::move(with)) { sender.send(driver().initialise(setup)); }
    void show(const Page& page) { sender.send(driver().show(page, setup)); }
    Answer said(const std::vector<Packet>& packets) {
        return driver().acknowledge(packets.back(), sender.send(packets), setup);
    }
    std::string text() const { return text_of(sign.glass().page); }
};

/// As a card draws it: in GB2312, with three colours, and without lines that hold nothing but blanks.
Page drawn(const Page& page) {
    return support::drawn_page(page, [](Segment& segment) {
        std::string text;
        for (const char c : segment.text) text += c == '\\' ? std::string("＼") : std::string(1, c);
        segment.text = from_gbk(to_gbk(text, GlyphSet::gb2312));
        if (segment.meaning == Meaning::attention) segment.meaning = Meaning::normal;
    });
}

std::string without_blanks(const Page& page) {
    std::string out = text_of(page);
    std::erase_if(out, [](char c) { return c == ' ' || c == '\n'; });
    return out;
}

/// The areas of a page as a card reads them.
boost::json::array areas_of(const std::string& text, const Setup& setup) {
    boost::json::array out;
    for (const Packet& packet : driver().show(page_of(text), setup)) {
        const auto frame = driver().codec->decode(packet.bytes, setup).at(0).as_object();
        if (!frame.contains("areas")) continue;
        for (const auto& area : frame.at("areas").as_array()) out.push_back(area);
    }
    return out;
}

}  // namespace

TEST_CASE("a line is an area of one line; a page that needs several in one is never wrapped inside a plate",
          "[signs][onbon]") {
    const auto setup = sign_of(96, 32);
    const auto check = [&](const std::string& text, std::size_t count, int lines, int wrap, int mode) {
        const auto areas = areas_of(text, setup);
        CAPTURE(text, boost::json::serialize(areas));
        CHECK(areas.size() == count);
        for (const auto& area : areas) {
            CHECK(area.at("lines").to_number<int>() == lines);
            CHECK(area.at("wrap").to_number<int>() == wrap);
            CHECK(area.at("display_mode").to_number<int>() == mode);
        }
    };
    check("3号工位\n沪A·7**K8", 2, 1, 1, 1);
    check("3号工位 沪A·7**K8", 1, 1, 1, 3);  // it runs
    check("3号工位\n沪A·7**K8\n维修中", 1, 2, 2, 1);
    check("3号工位 沪A·7**K8\n4号工位 沪B·7**K8\n维修中", 1, 1, 1, 3);
}

TEST_CASE("what was encoded is what the Onbon glass shows, for random pages", "[signs][onbon]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto setup = GENERATE(sign_of(96, 16), sign_of(192, 48), sign_of(128, 64, {{"font_size", "32"}}),
                                sign_of(96, 32, {{"areas", "one"}, {"programs", "below"}, {"align", "left"}}),
                                sign_of(100, 24, {{"font_size", "24"}, {"timeout", "0"}, {"replies", "no"}}));
    Played played(setup);
    for (int i = 0; i < 120; ++i) {
        const Page page = support::random_page(random, 5, 3, 14);
        CAPTURE(text_of(page));
        played.show(page);
        REQUIRE(played.sign.errors().empty());
        const Glass& glass = played.sign.glass();
        if (glass.page == drawn(page)) continue;
        // More lines than the glass has, and one is too wide: all run, one behind the other.
        REQUIRE(glass.moves);
        REQUIRE(glass.page.lines.size() == 1);
        REQUIRE(without_blanks(glass.page) == without_blanks(drawn(page)));
    }
}

TEST_CASE("a plate is shown whole: text wider than the glass runs, and no code of its own is obeyed",
          "[signs][onbon]") {
    Played played(sign_of(96, 16));
    played.show(page_of("京Z·12[45"));
    CHECK(played.text() == "京Z·12[45");
    CHECK_FALSE(played.sign.glass().moves);
    played.show(page_of("3号工位 粤Z·1234港 维修中 25分钟"));
    CHECK(played.text() == "3号工位 粤Z·1234港 维修中 25分钟");
    CHECK(played.sign.glass().moves);
    played.show(page_of(R"(\C1red \n\FO999 \)"));
    CHECK(played.text() == "＼C1red ＼n＼FO999 ＼");
    CHECK(played.sign.errors().empty());
}

TEST_CASE("with GBK fonts a character whose second byte is a backslash cannot begin a code", "[signs][onbon]") {
    Played played(sign_of(96, 16, {{"charset", "gbk"}}));
    played.show(page_of("乗C1維"));  // 81 5C
    CHECK(played.text() == "_C1維");
    CHECK(played.sign.errors().empty());
}

TEST_CASE("a text longer than the card's buffer ends at a character", "[signs][onbon]") {
    std::string text;
    for (int i = 0; i < 800; ++i) text += i % 3 == 0 ? "Z" : "Ц";  // escaped: Z, and nothing else
    const auto setup = GENERATE(sign_of(96, 16), sign_of(96, 16, {{"areas", "one"}}));
    Played played(setup);
    played.show(page_of(text + "\n" + text));
    CHECK(played.sign.errors().empty());
    const std::string shown = played.text();
    CHECK(shown.size() > 500);
    CHECK(text.starts_with(shown));
    for (const Packet& packet : driver().show(page_of(text), setup)) CHECK(packet.bytes.size() < 1024);
}

TEST_CASE("one line of an Onbon card can change while the others stand", "[signs][onbon]") {
    const auto setup = sign_of(96, 32);
    const auto first = driver().show(page_of("3号工位\n维修中"), setup);
    const auto second = driver().show(page_of("3号工位\n洗车中"), setup);
    REQUIRE(first.size() == second.size());
    std::vector<std::string> changed;
    for (std::size_t i = 0; i < first.size(); ++i) {
        REQUIRE(first[i].target == second[i].target);
        if (first[i].bytes != second[i].bytes) changed.push_back(first[i].target);
    }
    CHECK(changed == std::vector<std::string>{"area 1"});
}

TEST_CASE("text that is not written again vanishes, so the link writes it again before", "[signs][onbon]") {
    Played played(sign_of(96, 16, {{"timeout", "120"}}));
    CHECK(driver().text_lasts(played.setup) == 120s);
    CHECK(driver().text_lasts(sign_of(96, 16)) == 600s);
    played.show(page_of("维修中"));
    played.sender.wait(100s);
    played.sender.raw({});
    CHECK(played.text() == "维修中");
    played.show(page_of("维修中"));
    played.sender.wait(119s);
    played.sender.raw({});
    CHECK(played.text() == "维修中");
    played.sender.wait(1s);
    played.sender.raw({});
    CHECK(played.text().empty());
}

TEST_CASE("the link writes all text again in half the time that the card keeps it, and no brightness",
          "[signs][onbon]") {
    SignSettings settings;
    settings.driver = "onbon";
    settings.setup = sign_of(96, 16, {{"timeout", "120"}, {"replies", "no"}});
    LinkPlan plan(settings, {}, {});
    Moment now{1h};
    std::vector<std::string> targets;
    const auto run = [&] {
        targets.clear();
        LinkStep step = plan.next(now);
        for (int i = 0; i < 20 && step.kind != LinkStep::Kind::wait; ++i) {
            if (step.kind == LinkStep::Kind::send) targets.push_back(step.packet.target);
            if (step.kind == LinkStep::Kind::send) plan.sent(step.packet);
            if (step.kind == LinkStep::Kind::ask) plan.answered(step.question, Answer::good, now);
            step = plan.next(now);
        }
    };
    plan.opened();
    plan.show(page_of("a"));
    run();
    CHECK(std::ranges::count(targets, "brightness") == 1);
    now += 59s;
    run();
    CHECK(targets.empty());
    now += 1s;
    run();
    CHECK(targets == std::vector<std::string>{"area 0"});
}

TEST_CASE("an empty page covers what an Onbon card has stored, with nothing", "[signs][onbon]") {
    Played played(sign_of(96, 32));
    played.show(page_of("one\ntwo"));
    played.show(Page{});
    CHECK(played.sign.glass().page == Page{});
    CHECK(played.sign.errors().empty());
}

TEST_CASE("brightness in percent is one of fifteen steps, never dark", "[signs][onbon]") {
    Setup setup = sign_of(96, 16);
    Played played(setup);
    for (const auto& [percent, shown] : {std::pair(1, 6), {40, 40}, {100, 100}}) {
        setup.brightness = percent;
        played.sender.send(driver().show(page_of("x"), setup));
        CHECK(played.sign.glass().brightness == shown);
    }
}

TEST_CASE("a card's reply is judged by what it says, however it is framed", "[signs][onbon]") {
    const auto setup = sign_of(96, 16);
    struct Case {
        std::string reply;
        Answer answer;
    };
    const auto c = GENERATE(values<Case>({
        {"", Answer::partial},
        {R"({"command": "ack"})", Answer::good},
        {R"({"command": "ack", "heads": 1, "destination": 1, "source": 32768})", Answer::good},
        {R"({"command": "nack", "error": "busy"})", Answer::bad},
        {R"({"command": "nack", "error": "crc_error"})", Answer::bad},
        {R"({"command": "nack", "error": "font_missing"})", Answer::refused},
        {R"({"command": "ack", "crc": 1})", Answer::bad},
        {R"({"command": "ping"})", Answer::partial},
    }));
    CAPTURE(c.reply);
    const Packet asked{};
    const auto reply = c.reply.empty() ? Bytes{} : support::encoded(driver(), boost::json::parse(c.reply).as_object());
    CHECK(driver().acknowledge(asked, reply, setup) == c.answer);
    if (c.answer != Answer::good) return;
    for (std::size_t length = 0; length < reply.size(); ++length) {
        REQUIRE(driver().acknowledge(asked, std::span(reply).first(length), setup) == Answer::partial);
    }
    auto echo = support::encoded(driver(), boost::json::parse(R"({"command": "ping"})").as_object());
    echo.insert(echo.end(), reply.begin(), reply.end());
    CHECK(driver().judge(Question::memory, echo, setup) == Answer::good);
}

TEST_CASE("every packet is acknowledged by the card, unless it is not to reply", "[signs][onbon]") {
    Played played(sign_of(96, 32));
    for (const Packet& packet : driver().show(page_of("a\nb"), played.setup)) {
        CHECK(packet.acknowledged);
        CHECK(played.said({packet}) == Answer::good);
    }
    CHECK(driver().judge(Question::memory, played.sender.send(driver().ask(Question::memory, played.setup)),
                         played.setup) == Answer::good);
    for (const auto& [address, replies] : {std::pair("0001", "no"), {"FFFF", "yes"}}) {
        Setup silent = sign_of(96, 32, {{"replies", replies}});
        silent.address = address;
        for (const Packet& packet : driver().show(page_of("a"), silent)) {
            CHECK_FALSE(packet.acknowledged);
            CHECK(played.sender.send({packet}).empty());
        }
    }
}
