#include "board/store/fact_json.hpp"

#include "protocol/json.hpp"

#include <boost/mp11/algorithm.hpp>

#include <fmt/format.h>

namespace baytime::store {
namespace {

namespace json = boost::json;

json::object read_payload(std::string_view name, std::string_view payload) {
    boost::system::error_code failed;
    const json::value read = json::parse(json::string_view(payload.data(), payload.size()), failed);
    if (failed || !read.is_object())
        throw std::runtime_error(fmt::format("the payload of '{}' is no JSON object: {}", name, payload));
    return read.as_object();
}

void check_version(std::string_view name, const json::object& payload) {
    const json::value* version = payload.if_contains("v");
    if (version == nullptr || !version->is_int64() || version->as_int64() < 1)
        throw std::runtime_error(fmt::format("the payload of '{}' has no version \"v\"", name));
    if (version->as_int64() > payload_version)
        throw NewerPayload(fmt::format("the payload of '{}' has version {}; this program reads up to {}", name,
                                       version->as_int64(), payload_version));
}

}  // namespace

std::string_view fact_name(const Fact& fact) {
    return fact_names[fact.index()];
}

std::string fact_json(const Fact& fact) {
    json::object out;
    out["v"] = payload_version;
    const json::value members = std::visit([](const auto& one) { return protocol::to_json(one); }, fact);
    for (const auto& member : members.as_object()) out[member.key()] = member.value();
    return json::serialize(out);
}

Fact fact_from_json(std::string_view name, std::string_view payload) {
    std::optional<Fact> found;
    boost::mp11::mp_for_each<boost::mp11::mp_iota_c<std::variant_size_v<Fact>>>([&](auto index) {
        if (name != fact_names[index]) return;
        const json::object members = read_payload(name, payload);
        check_version(name, members);
        try {
            found = protocol::from_json<std::variant_alternative_t<index, Fact>>(members);
        } catch (const std::exception& e) {
            throw std::runtime_error(fmt::format("the payload of '{}' does not read: {}: {}", name, e.what(), payload));
        }
    });
    if (!found) throw std::runtime_error(fmt::format("'{}' is no fact that this program knows", name));
    return *found;
}

}  // namespace baytime::store
