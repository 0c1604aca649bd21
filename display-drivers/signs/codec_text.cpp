#include "display-drivers/signs/codec_text.hpp"

#include "display-drivers/signs/gbk.hpp"

namespace baytime::signs {

std::vector<FieldForm> text_forms(const std::string& meaning) {
    return {{"text", "text", "\"\"", meaning},
            {"text_hex", "hex bytes", "\"\"", "the text as bytes, when it is no GBK"}};
}

std::string read_text_fields(FieldReader& fields) {
    if (fields.given("text_hex")) {
        const Bytes raw = fields.bytes("text_hex");
        return {raw.begin(), raw.end()};
    }
    const std::string text = fields.text("text");
    const auto bytes = exact_gbk(text);
    if (!bytes) fields.refuse("text", "has what GBK lacks: " + without_gbk(text));
    return bytes.value_or("");
}

void explain_text(boost::json::object& out, std::span<const std::uint8_t> bytes) {
    const std::string raw(bytes.begin(), bytes.end());
    const std::string text = from_gbk(raw);
    if (exact_gbk(text) == raw) {
        out["text"] = text;
    } else {
        out["text_hex"] = hex_of(bytes);
    }
}

}  // namespace baytime::signs
