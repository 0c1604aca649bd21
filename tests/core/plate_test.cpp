// Number plates and forms of address.
#include "board/core/plate.hpp"

#include <catch2/catch.hpp>

using namespace baytime;

TEST_CASE("a plate is stored in one spelling, and what is none is refused", "[plate]") {
    struct Case {
        const char* text;
        const char* plate;
    };
    const auto c = GENERATE(values<Case>({
        {"沪A12345", "沪A12345"},
        {"沪 a·12345", "沪A12345"},
        {"沪A-123.45", "沪A12345"},
        {"沪Ａ１２３４５", "沪A12345"},
        {"沪AD12338", "沪AD12338"},
        {"粤Z1234港", "粤Z1234港"},
        {"粤Z1234澳", "粤Z1234澳"},
        {"京A1234警", "京A1234警"},
        {"苏E1234学", "苏E1234学"},
        {"鲁B1234挂", "鲁B1234挂"},
        {"使123456", "使123456"},
        {"WJ沪12345", "WJ沪12345"},
        {"wj京·0123X", "WJ京0123X"},
        {"WJ车12345", ""},
        {"LSV84847", "LSV84847"},
        {"沪X1234应急", "沪X1234应急"},
        {"B AB 1234", "BAB1234"},
        {"ab-12-cd", "AB12CD"},
        {"", ""},
        {"沪A12", ""},
        {"沪A12345678", ""},
        {"ABCDE", ""},
        {"沪A1234567890", ""},
        {"沪A12学45", ""},
        {"BAB123学", ""},
        {"车A12345", ""},
        {"沪A1234!", ""},
        {"A1234沪", ""},
        {"\xff\xfe\x31\x32", ""},
        {"沪A1234\xe6", ""},
    }));
    CAPTURE(c.text);
    CHECK(normal_plate(c.text) == c.plate);
}

TEST_CASE("a Chinese plate is shown with its dot", "[plate]") {
    CHECK(dotted_plate("沪A12345") == "沪A·12345");
    CHECK(dotted_plate("沪AD12338") == "沪A·D12338");
    CHECK(dotted_plate("BAB1234") == "BAB1234");
    CHECK(dotted_plate("") == "");
}

TEST_CASE("a stranger sees the ends of a plate, never the middle", "[plate]") {
    struct Case {
        const char* plate;
        const char* masked;
    };
    const auto c = GENERATE(values<Case>({
        {"沪A712K8", "沪A·7**K8"},
        {"WJ沪12345", "WJ沪**345"},
        {"苏E900R1", "苏E·9**R1"},
        {"沪AD12338", "沪A·D**338"},
        {"粤Z1234港", "粤Z·1**4港"},
        {"BAB1234", "BAB**34"},
        {"AB12CD", "AB**CD"},
        {"AB12C", "AB**C"},
        {"AB12", "A**2"},
        {"ABCDEF123456", "ABC******456"},
    }));
    CAPTURE(c.plate);
    CHECK(masked_plates({c.plate}) == std::vector<std::string>{c.masked});
}

TEST_CASE("masked plates that coincide reveal one more, the letter that tells them apart", "[plate]") {
    using List = std::vector<std::string>;
    CHECK(masked_plates({"沪A711K8", "沪B711K8"}) == List{"沪A·7**K8", "沪B·7**K8"});
    CHECK(masked_plates({"沪A71238", "沪A74538"}) == List{"沪A·7*238", "沪A·7*538"});
    CHECK(masked_plates({"沪A71238", "沪A74238"}) == List{"沪A·71*38", "沪A·74*38"});
    CHECK(masked_plates({"沪AD12338", "沪AD19338"}) == List{"沪A·D*2338", "沪A·D*9338"});
    // The same car twice is no coincidence.
    CHECK(masked_plates({"沪A71238", "沪A71238"}) == List{"沪A·7**38", "沪A·7**38"});
    // One letter stays hidden, even when two still look alike.
    CHECK(masked_plates({"沪A71138", "沪A71238", "沪A72238"}) == List{"沪A·7*138", "沪A·7*238", "沪A·7*238"});
    CHECK(masked_plates({}).empty());
}

TEST_CASE("no masked plate is a full one, whatever else is on the board", "[plate]") {
    std::vector<std::string> plates;
    for (int i = 0; i < 1000; ++i) plates.push_back("沪A" + std::to_string(10000 + i * 7));
    const auto masked = masked_plates(plates);
    for (std::size_t i = 0; i < plates.size(); ++i) {
        CHECK(masked[i].find('*') != std::string::npos);
        CHECK(masked[i] != dotted_plate(plates[i]));
    }
}
