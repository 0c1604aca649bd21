#include "display-drivers/signs/latin.hpp"

#include "display-drivers/signs/fit.hpp"
#include "display-drivers/signs/latin_table.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace baytime::signs;

TEST_CASE("Chinese on a sign with Latin letters stays readable", "[signs][latin]") {
    struct Case {
        std::string chinese, latin;
    };
    const auto c = GENERATE(values<Case>({
        {"沪A·12345", "HU-A12345"},
        {"沪AD12338", "HU-AD12338"},
        {"京A·12345", "JING-A12345"},
        {"沪A·7**K8", "HU-A7**K8"},
        {"粤Z·1234港", "YUE-Z1234-HK"},
        {"粤Z·F023澳", "YUE-ZF023-MO"},
        {"苏E·1234学", "SU-E1234-XUE"},
        {"鲁B·1234挂", "LU-B1234-GUA"},
        {"京A·1234警", "JING-A1234-POL"},
        {"1号工位", "BAY 1"},
        {"12号工位 沪A·12345 维修中 25分钟", "BAY 12 HU-A12345 REPAIR 25 MIN"},
        {"工位3", "BAY 3"},
        {"3号工位空闲", "BAY 3 FREE"},
        {"3号", "3"},
        {"城西服务站", "CHENGXI SERVICE"},
        {"可交车", "READY"},
        {"质检 剩25分", "CHECK LEFT 25m"},
        {"等待中 1小时05分", "WAITING 1 H 05m"},
        {"欢迎光临！", "WELCOME!"},
        {"ＡＢＣ１２３", "ABC123"},
        {"请稍候…", "PLEASE WAIT..."},
        {"大众", "DAZHONG"},
        {"江苏", "JIANGSU"},
        {"BAY 1: 25 min", "BAY 1: 25 min"},
        {"50% ~ ok", "50% - ok"},
        {"a\x04"
         "b\x1b",
         "ab"},
        {"龘", "_"},
        {"\xff\xfe", "__"},
        {"", ""},
    }));
    CAPTURE(c.chinese);
    CHECK(latin(c.chinese) == c.latin);
    CHECK(latin(latin(c.chinese)) == latin(c.chinese));
}

TEST_CASE("no two plates read the same, whatever their province", "[signs][latin]") {
    std::set<std::string> codes, plates;
    const std::string endings[] = {"", "学", "警", "挂", "港", "澳", "使", "领"};
    for (const Latin& province : latin_provinces) {
        CAPTURE(province.chinese);
        CHECK(province.latin.size() >= 2);
        CHECK(codes.insert(std::string(province.latin)).second);
        for (const char letter : {'A', 'B', 'L', 'Z'}) {
            for (const std::string& ending : endings) {
                const std::string plate = std::string(province.chinese) + letter + "·1234" + ending;
                CAPTURE(plate);
                CHECK(without_latin(plate).empty());
                CHECK(plates.insert(latin(plate)).second);
            }
        }
    }
    // 31 provinces and regions, and the first characters of embassy, consulate and temporary plates.
    CHECK(codes.size() == 34);
}

TEST_CASE("a plate keeps every letter and digit, whatever stands around it", "[signs][latin]") {
    for (const std::string before : {"", "1号工位 ", "维修中", "空闲：", "BAY 1 "}) {
        for (const std::string after : {"", " 维修中", "可交车", " 25分钟"}) {
            const std::string text = before + "沪B·90X7Q" + after;
            CAPTURE(text);
            CHECK(latin(text).find("HU-B90X7Q") != std::string::npos);
        }
    }
}

TEST_CASE("whatever comes in, only characters every sign has come out", "[signs][latin]") {
    unsigned state = 2026;
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        for (int j = 0; j < 12; ++j) {
            state = state * 1'664'525U + 1'013'904'223U;
            text += static_cast<char>(state >> 17U);
        }
        const std::string out = latin(text);
        REQUIRE(std::all_of(out.begin(), out.end(), [](char c) { return c >= ' ' && c <= '}'; }));
    }
}

TEST_CASE("characters without an entry are named, so that a configuration can refuse them", "[signs][latin]") {
    CHECK(without_latin("城西服务站").empty());
    CHECK(without_latin("龘龘 ok") == "龘龘");
}

TEST_CASE("every word of the product has Latin letters", "[signs][latin]") {
    constexpr auto zh = SignLanguage::zh;
    std::vector<std::string> words;
    for (const char* step : {"received", "dispatched", "repair", "quality", "washing", "ready", "paused"}) {
        words.insert(words.end(), {step_word(step, zh), short_step_word(step, zh)});
    }
    for (const char* kind : {"at_risk", "ask_30", "ask_15", "ask_0", "overdue", "tell_customer", "consent_open",
                             "contact_due", "appointment_overdue", "inspection_failed"}) {
        words.push_back(alert_word(kind, zh));
    }
    for (const int minutes : {0, 9, 25, 65, 720}) {
        words.insert(words.end(), {left_words(minutes, zh), short_left_words(minutes, zh)});
    }
    words.push_back(short_bay_word("3号工位", zh));
    for (const std::string& word : words) {
        CAPTURE(word);
        CHECK(without_latin(word).empty());
        CHECK(latin(word).find('_') == std::string::npos);
    }
}
