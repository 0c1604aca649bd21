// Names and texts that strangers read.
#include "board/core/plate.hpp"

#include <catch2/catch.hpp>

using namespace baytime;

TEST_CASE("a guest is addressed by surname and title, never by the given name", "[names]") {
    struct Case {
        const char* customer;
        const char* address;
    };
    const auto c = GENERATE(values<Case>({
        {"王建国先生", "王先生"},
        {"王先生", "王先生"},
        {"陈小红女士", "陈女士"},
        {"欧阳明先生", "欧阳先生"},
        {"王建国", "王先生/女士"},
        {"李总", "李总"},
        {"  李女士 ", "李女士"},
        {"Ms. Ann Miller", "Ms. Miller"},
        {"Ann Miller", "Miller"},
        {"Ann", "A."},
        {"Ann 13800001111", ""},
        {"13800001111", ""},
        {"138 王先生", ""},
        {"１３８王先生", ""},
        {"+86 138 0000 1111", ""},
        {"上海大众汽车有限公司", ""},
        {"大众公司 王先生", ""},
        {"ABC贸易公司", ""},
        {"城西机械厂", ""},
        {"老王面店", ""},
        {"东方集团", ""},
        {"Baytime Trading Co., Ltd.", ""},
        {"Acme Inc", ""},
        {"Acme GmbH", ""},
        {"", ""},
        {"   ", ""},
    }));
    CAPTURE(c.customer);
    CHECK(form_of_address(c.customer) == c.address);
}

TEST_CASE("a text for strangers holds no phone, no plate and no name of the customer", "[names]") {
    struct Case {
        const char* text;
        const char* shown;
    };
    const auto c = GENERATE(values<Case>({
        {"途观L 2.0T", "途观L 2.0T"},
        {"保养 123456 km", "保养 123456 km"},
        {"回电1234567后开工", "回电***后开工"},
        {"电话１３８００００１１１１", "电话***"},
        {"沪A12345 更换轮胎", "*** 更换轮胎"},
        {"轮胎 沪A·12345", "轮胎 ***"},
        {"轮胎(沪a 12345)", "轮胎(***)"},
        {"A12345 轮胎", "*** 轮胎"},
        {"王建国的车", "***的车"},
        {"王建国先生的车", "***的车"},
        {"王 建国 朗逸", "*** 朗逸"},
        {"王建华的车", "王建华的车"},
        {"", ""},
        {"\xff", ""},
    }));
    CAPTURE(c.text);
    CHECK(masked_text(c.text, "王建国先生", "沪A12345") == c.shown);
}

TEST_CASE("a Latin name is masked as a word, with any case and without its title", "[names]") {
    CHECK(masked_text("car of ANN MILLER", "Ms. Ann Miller", "AB1234") == "car of ***");
    CHECK(masked_text("Ms. Ann Miller, brakes", "Ms. Ann Miller", "AB1234") == "***, brakes");
    CHECK(masked_text("Limousine of Li", "Li", "AB1234") == "Limousine of ***");
    CHECK(masked_text("Golf 12", "12", "AB1234") == "Golf 12");
    CHECK(masked_text("王先生的朗逸", "王", "AB1234") == "王先生的朗逸");
    CHECK(masked_text("Golf ab-1234", "", "AB1234") == "Golf ***");
}
