#include "protocol/json_text.hpp"

namespace baytime::protocol {

void append_json_text(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte >= 0x20 && letter != '"' && letter != '\\') {
            out += letter;
            continue;
        }
        out += '\\';
        switch (letter) {
            case '"':
            case '\\': out += letter; break;
            case '\b': out += 'b'; break;
            case '\f': out += 'f'; break;
            case '\n': out += 'n'; break;
            case '\r': out += 'r'; break;
            case '\t': out += 't'; break;
            default:
                out += "u00";
                out += hex[byte >> 4U];
                out += hex[byte & 15U];
        }
    }
    out += '"';
}

}  // namespace baytime::protocol
