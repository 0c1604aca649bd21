// Raw templates as people write them, with every mistake said at its place.
#include "display-drivers/signs/settings.hpp"
#include "tests/signs/raw_bench.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::signs;

namespace {

std::string fault_of(const std::string& toml) {
    try {
        parse_raw_template(toml, "strip.toml");
    } catch (const config::ConfigError& error) {
        return error.what();
    }
    return {};
}

SignSettings read(const std::string& text, std::string& fault) {
    SignSettings out;
    const auto file = config::File::parse(text, "baytime.toml");
    try {
        out = read_sign(file.root().tables("sign").front());
        file.finish();
    } catch (const config::ConfigError& error) {
        fault = error.what();
    }
    return out;
}

}  // namespace

TEST_CASE("a fault of a raw template is said with its line, a caret and what would be accepted", "[signs][raw]") {
    struct Case {
        std::string toml;
        std::vector<std::string> said;
    };
    const std::string sum = "\n[check]\nkind = \"sum8\"\n";
    const auto c = GENERATE_COPY(values<Case>({
        {"", {"\"frame\" is missing", "frame = \"02 {text} 03\""}},
        {"frame = \"\"", {"strip.toml:1:9", "the frame is empty", "^"}},
        {"frame = \"02 03\"", {"carries no text", "{text}"}},
        {"frame = \"02 {txet} 03\"", {"strip.toml:1:9", "character 4", "did you mean text?", "{address}", "^"}},
        {"frame = \"02 {text\"", {"character 4", "never closed"}},
        {"frame = \"02 'AT {text}\"", {"character 4", "never closed"}},
        {"frame = \"2 {text} 03\"", {"character 1", "\"2\" is no byte", "hex digits in pairs"}},
        {"frame = \"02 {text} {text} 03\"", {"{text} stands twice"}},
        {"frame = \"02 @ {text} 03\"", {"needs a name of its own"}},
        {"frame = \"02 {text}\"", {"nothing tells where the text ends", "{length} before it", "a width"}},
        {"frame = \"02 {text} 41\"", {"nothing tells where the text ends"}},
        {"frame = \"02 {text} {check} 03\"", {"nothing says which", "kind = \"sum8\""}},
        {"frame = \"02 {colour} {text} 03\"", {"nothing says which", "[colour]"}},
        {"frame = \"02 {text} {check} 03\"" + sum + "over = \"a..text\"", {"\"a..text\"", "check, text"}},
        {"frame = \"02 {text} {check} 03\"" + sum + "over = \"text..check\"", {"over itself"}},
        {"frame = \"02 {text} {check} @a 03\"" + sum + "over = \"a..text\"", {"ends before it begins"}},
        {"frame = \"02 {text} {check} 03\"\n[check]\nkind = \"crc32\"", {"strip.toml:3:8", "crc16-modbus", "^"}},
        {"frame = \"02 {text} {check} 03\"" + sum + "as = \"low-high\"", {"accepted here: byte, hex"}},
        {"frame = \"02 {text} 03\"\n[text]\nencoding = \"big5\"", {"strip.toml:3:12", "gbk"}},
        {"frame = \"02 {text} 03\"\n[text]\nwidth = 2000", {"strip.toml:3:9", "1024"}},
        {"frame = \"02 {text} 03\"\n[text]\nline_break = \"FF\"", {"below 7F"}},
        {"frame = \"02 {text} 03\"\n[line]\nlines = 2", {"no {line}"}},
        {"frame = \"02 {text} 03\"\nset_up = [\"02 {text} 03\"]", {"before any text"}},
        {"frame = \"02 {text} 03\"\nset_up = [\"zz\"]", {"\"zz\" is no byte"}},
        {"frame = \"02 {text} 03\"\n[colour]\nnormal = \"31\"\nalarm = \"31 32\"", {"same number of bytes"}},
        {"frame = \"02 {text} 03\"\n[answer]\nexpects = \"6\"", {"\"6\" is no byte", "??"}},
        {"frame = \"02 {text} 03\"\n[escape]\nover = \"text\"", {"an escape needs both"}},
        {"frame = \"02 {text} 03\"\n[escape]\nover = \"text\"\n[escape.bytes]\n7E = \"7D 5E\"", {"cannot be undone"}},
        {"frame = \"02 {text} 03\"\n[escape]\nover = \"text\"\n[escape.bytes]\n7D = \"7D 5D\"",
         {"nothing ends the escaped bytes"}},
        {"frame = \"02 {text} 03\"\ncolor = 1", {"color"}},
    }));
    CAPTURE(c.toml);
    const std::string fault = fault_of(c.toml);
    CAPTURE(fault);
    for (const std::string& said : c.said) {
        CAPTURE(said);
        CHECK(fault.find(said) != std::string::npos);
    }
}

TEST_CASE("a raw template stands in the sign's own table, or in a file that its options name", "[signs][raw]") {
    const std::string sign = "[[sign]]\nname = \"a\"\ndriver = \"raw\"\nport = \"pty:/x\"\nbay = \"1\"\n";
    std::string fault;
    const auto own = read(sign + "[sign.template]\nframe = \"02 {text} 03\"\n", fault);
    CHECK(fault.empty());
    REQUIRE(own.setup.raw != nullptr);
    const auto same = read(sign + "[sign.template]\nframe = \"02   {text} 03\"\n", fault);
    CHECK(same_link(own, same));
    const auto other = read(sign + "[sign.template]\nframe = \"02 {text} 04\"\n", fault);
    CHECK_FALSE(same_link(own, other));
    const auto shipped = read(sign + "language = \"zh\"\n[sign.options]\ntemplate = \"strip\"\n", fault);
    CHECK(fault.empty());
    CHECK(shipped.setup.raw->lines == 2);
    read(sign + "[sign.template]\nframe = \"02 {txt} 03\"\n", fault);
    CHECK(fault.find("baytime.toml:7:9") != std::string::npos);
    CHECK(fault.find("did you mean text?") != std::string::npos);
    read(sign + "[sign.template]\nframe = \"02 {text} 03\"\n[sign.options]\ntemplate = \"plain\"\n", fault);
    CHECK(fault.find("given twice") != std::string::npos);
    read(sign + "[sign.options]\ntemplate = \"strop\"\n", fault);
    CHECK(fault.find("plain, strip") != std::string::npos);
    read(sign + "address = \"256\"\n[sign.options]\ntemplate = \"strip\"\n", fault);
    CHECK(fault.find("the highest is 255") != std::string::npos);
    read(sign + "language = \"zh\"\n", fault);
    CHECK(fault.find("cannot show Chinese") != std::string::npos);
}
