// What holds for the codec of every driver: ranges of fields, bytes that come back, checks that say what is wrong.
#include "display-drivers/signs/fields.hpp"
#include "tests/signs/codec_golden.hpp"
#include "tests/signs/raw_bench.hpp"

using namespace baytime::signs;
namespace json = boost::json;

namespace {

Setup setup_for(const Driver& driver) {
    return driver.name == "raw" ? support::shipped_raw_setup("strip") : usual_setup(driver);
}

/// `0..255`.
struct Range {
    std::int64_t least = 0, most = 0;
};
std::optional<Range> range_in(const std::string& accepts) {
    const auto dots = accepts.find("..");
    if (dots == std::string::npos) return std::nullopt;
    const auto least = number_of(accepts.substr(0, dots)), most = number_of(accepts.substr(dots + 2));
    if (!least || !most) return std::nullopt;
    return Range{*least, *most};
}

json::object sample(const std::vector<FieldForm>& fields);

/// Something that a required field takes.
json::value sample(const FieldForm& field) {
    if (field.entries != nullptr) return json::array{sample(field.entries())};
    if (const auto range = range_in(field.accepts)) return range->least;
    const std::string& takes = field.accepts;
    if (const auto bar = takes.find('|'); bar != std::string::npos) return json::string(takes.substr(0, bar));
    if (takes.starts_with("one character") || takes.starts_with("A..") || takes.starts_with("1 to 31")) return "A";
    if (takes.starts_with("01..FF") || takes.starts_with("2 hex digits")) return "01";
    if (takes.starts_with("A1..")) return "A1";
    if (takes.starts_with("64 hex")) return json::string(std::string(128, '0'));
    if (takes.starts_with("8 hex")) return "0011223344556677";
    if (takes.starts_with("hex")) return "41";
    if (takes.starts_with("three")) return "abc";
    if (takes.starts_with("rows")) return "10/01";
    return field.name == "program" ? "P000" : "1";
}

json::object sample(const std::vector<FieldForm>& fields) {
    json::object out;
    for (const FieldForm& field : fields) {
        if (field.otherwise.empty() && field.name != "commands") out[field.name] = sample(field);
    }
    return out;
}

struct Tried {
    bool taken = false;
    std::string token{}, field{}, sentence{};
};
Tried tried(const Driver& driver, const json::object& command) {
    const auto result = driver.codec->encode(command, setup_for(driver));
    const auto* fault = std::get_if<CodecFault>(&result);
    return fault == nullptr ? Tried{.taken = true} : Tried{false, fault->token, fault->field, fault->sentence};
}

/// Fields that one command of its kind has no use for unless another field says so.
bool stands_alone(const FieldForm& field) {
    constexpr std::string_view others[] = {"frequency", "duration", "repeat",  "size",  "rows",
                                           "columns",   "places",   "padding", "count", "last_packet"};
    return std::ranges::find(others, field.name) == std::end(others);
}

void check_range(const Driver& driver, const json::object& command, const FieldForm& field,
                 const std::function<json::object(std::int64_t)>& with) {
    const auto range = range_in(field.accepts);
    if (!range) return;
    CAPTURE(driver.name, json::serialize(command), field.name, field.accepts);
    for (const auto value : {range->least - 1, range->most + 1}) {
        const auto refused = tried(driver, with(value));
        CAPTURE(value, refused.sentence);
        CHECK_FALSE(refused.taken);
        if (stands_alone(field)) CHECK(refused.field == field.name);
    }
    // How far a raw template's fields go is a matter of the template.
    if (!stands_alone(field) || driver.name == "raw") return;
    for (const auto value : {range->least, range->most}) {
        const auto taken = tried(driver, with(value));
        CAPTURE(value, taken.field, taken.sentence);
        CHECK((taken.taken || taken.field != field.name));
    }
}

}  // namespace

TEST_CASE("a number out of its field's range is refused, in every command of every driver", "[signs][codec]") {
    for (const Driver& driver : drivers()) {
        for (const CommandForm& form : driver.codec->commands()) {
            json::object command = sample(form.fields);
            command["command"] = form.name;
            auto fields = form.fields;
            const bool framed = !form.answer && form.name != "bytes" && form.name != "set_id" && form.name != "nested";
            if (framed) std::ranges::copy(driver.codec->frame_fields(), std::back_inserter(fields));
            for (const FieldForm& field : fields) {
                const auto with = [&](std::int64_t value) {
                    json::object out = command;
                    out[field.name] = value;
                    return out;
                };
                check_range(driver, command, field, with);
                if (field.entries == nullptr) continue;
                for (const FieldForm& inner : field.entries()) {
                    const auto within = [&](std::int64_t value) {
                        json::object entry = sample(field.entries()), out = command;
                        entry[inner.name] = value;
                        out[field.name] = json::array{std::move(entry)};
                        return out;
                    };
                    check_range(driver, command, inner, within);
                }
            }
        }
    }
}

TEST_CASE("the fields of every list of objects are told", "[signs][codec]") {
    for (const Driver& driver : drivers()) {
        for (const CommandForm& form : driver.codec->commands()) {
            for (const FieldForm& field : form.fields) {
                CAPTURE(driver.name, form.name, field.name);
                const bool list = field.accepts.starts_with("list of");
                const bool objects = list && field.accepts != "list of numbers" && field.accepts != "list of commands";
                CHECK(objects == (field.entries != nullptr));
                if (field.entries == nullptr) continue;
                for (const FieldForm& inner : field.entries()) CHECK_FALSE(inner.meaning.empty());
            }
        }
    }
}

TEST_CASE("noise and half frames come back from what decode tells, for every driver", "[signs][codec]") {
    for (const Driver& driver : drivers()) {
        const Setup setup = setup_for(driver);
        auto packets = driver.initialise(setup);
        for (Packet& packet : driver.show(page_of("BAY 1 沪A·7**K8"), setup)) packets.push_back(std::move(packet));
        Bytes wire{0xFF, 0x00};
        for (const Packet& packet : packets) wire.insert(wire.end(), packet.bytes.begin(), packet.bytes.end());
        wire.push_back(0x13);
        const Bytes half(packets.back().bytes.begin(),
                         packets.back().bytes.begin() + static_cast<std::ptrdiff_t>(packets.back().bytes.size() / 2));
        wire.insert(wire.end(), half.begin(), half.end());
        const auto told = json::parse(json::serialize(driver.codec->decode(wire, setup))).as_array();
        CAPTURE(driver.name, json::serialize(told));
        CHECK(std::ranges::any_of(told, [](const json::value& one) { return one.as_object().contains("fault"); }));
        Bytes again;
        for (const json::value& one : told) {
            const auto made = driver.codec->encode(one.as_object(), setup);
            REQUIRE(std::holds_alternative<std::vector<Packet>>(made));
            const auto bytes = support::joined(std::get<std::vector<Packet>>(made));
            again.insert(again.end(), bytes.begin(), bytes.end());
        }
        CHECK(support::hex(again) == support::hex(wire));
    }
}

TEST_CASE("a wrong check is told with what it is and what it should be, for every driver that has one",
          "[signs][codec]") {
    for (const Driver& driver : drivers()) {
        const Setup setup = setup_for(driver);
        Bytes wire = driver.show(page_of("12"), setup).back().bytes;
        const auto good = driver.codec->decode(wire, setup);
        REQUIRE(good.size() == 1);
        CHECK(good[0].at("check") == "good");
        // The last byte of the check, in front of what ends the frame.
        const std::size_t behind = driver.name == "modbus" ? 1 : driver.name == "am03127" ? 4 : 2;
        std::uint8_t& byte = wire[wire.size() - behind];
        byte = byte == '1' ? '2' : '1';
        const auto found = driver.codec->decode(wire, setup);
        CAPTURE(driver.name, json::serialize(found));
        REQUIRE(found.size() == 1);
        const std::string said(found[0].at("check").as_string());
        CHECK(said.starts_with("bad: it is 0x"));
        CHECK(said.find(", it should be 0x") != std::string::npos);
        CHECK(support::hex(support::joined(std::get<std::vector<Packet>>(
                  driver.codec->encode(found[0].as_object(), setup)))) == support::hex(wire));
    }
}

TEST_CASE("any bytes can be sent as they are, with a pause", "[signs][codec]") {
    for (const Driver& driver : drivers()) {
        CAPTURE(driver.name);
        const auto made =
            driver.codec->encode({{"command", "bytes"}, {"hex", "FF 00"}, {"pause_ms", 20}}, setup_for(driver));
        REQUIRE(std::holds_alternative<std::vector<Packet>>(made));
        const auto& packets = std::get<std::vector<Packet>>(made);
        CHECK(packets.at(0).bytes == Bytes{0xFF, 0x00});
        CHECK(packets.at(0).pause_after == std::chrono::milliseconds(20));
        CHECK(tried(driver, {{"command", "bytes"}, {"hex", ""}}).field == "hex");
        CHECK(tried(driver, {{"command", "bytes"}}).token == "missing-field");
    }
}
