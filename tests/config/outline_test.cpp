// A configuration without its secrets.
#include "config/outline.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>

using namespace baytime;

namespace {

std::vector<std::string> outline_of(const std::string& text) {
    const support::TempDir dir;
    const auto path = (dir.path() / "shop.toml").string();
    std::ofstream(path) << text;
    return config::outline(path, {"technician", "full"});
}

}  // namespace

TEST_CASE("ids, kinds and numbers stay, names, hashes and unknown texts go", "[outline]") {
    const auto lines = outline_of(R"(
open = false
[shop]
name = "城西服务站"
zone = "Asia/Shanghai"
[[staff]]
id = "101"
name = "李伟"
role = "technician"
pin_hash = "$argon2id$v=19$secret"
[[device]]
id = "desk"
token_hash = "0123456789abcdef"
[[sign]]
name = "bay-1"
port = "tcp://192.168.1.60:4001"
[sign.options]
replies = "yes"
[sign.text]
idle = "call 13800000000"
[other]
phone = 13800000000
note = "沪A12345"
)");
    CHECK(lines == std::vector<std::string>{"open = false", "shop.name = (15 bytes)", "shop.zone = \"Asia/Shanghai\"",
                                            "staff[0].id = \"101\"", "staff[0].name = (6 bytes)",
                                            "staff[0].role = \"technician\"", "staff[0].pin_hash = (21 bytes)",
                                            "device[0].id = \"desk\"", "device[0].token_hash = (16 bytes)",
                                            "sign[0].name = \"bay-1\"", "sign[0].port = \"tcp://192.168.1.60:4001\"",
                                            "sign[0].options.replies = \"yes\"", "sign[0].text.idle = (16 bytes)",
                                            "other.phone = (left out)", "other.note = (9 bytes)"});
}

TEST_CASE("no way of writing the same brings a name back", "[outline]") {
    for (const auto* text :
         {"staff = [{id = \"1\", name = \"李伟\"}]", "[[staff]]\nname = \"\"\"\n李伟\"\"\"",
          "[[staff]]\n\"name\" = '李伟'", "staff = [\"李伟\"]", "[[staff]]\nid = \"1\"\nrole = \"李伟\"",
          "[[staff]]\nid = \"1\"\nrole = [\"李伟\"]", "[a.b.c]\nnames = [\"x\", \"李伟\"]"}) {
        CAPTURE(text);
        for (const auto& line : outline_of(text)) CHECK(line.find("李伟") == std::string::npos);
    }
}

TEST_CASE("where a word belongs only the words of the product are told", "[outline]") {
    CHECK(outline_of("[[device]]\nkind = \"full\"\nrole = \"wangwu\"\ntype = \"\"") ==
          std::vector<std::string>{"device[0].kind = \"full\"", "device[0].role = (6 bytes)",
                                   "device[0].type = (0 bytes)"});
}
