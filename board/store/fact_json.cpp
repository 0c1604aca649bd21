#include "board/store/fact_json.hpp"

#include "protocol/json_text.hpp"

#include <boost/mp11/algorithm.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace baytime::store {
namespace {

namespace json = boost::json;

/// How a payload of this version begins.
const std::string version_now = fmt::format("{{\"v\":{}", payload_version);

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
    std::string out = version_now;
    std::visit(
        [&out](const auto& one) {
            std::string members = "{";
            protocol::detail::append_members(members, one);
            if (members.size() > 1) out.append(",").append(members, 1);
        },
        fact);
    return out + '}';
}

bool is_plain(std::string_view name, std::string_view payload) {
    const bool this_version = payload.starts_with(version_now) && payload.size() > version_now.size() &&
                              (payload[version_now.size()] == ',' || payload[version_now.size()] == '}');
    return this_version && std::ranges::find(fact_names, name) != std::end(fact_names);
}

namespace {

template <class F>
Fact read_fact(std::string_view name, std::string_view payload) {
    // Most payloads fit, so that reading a million of them asks the heap for nothing but what the facts hold.
    std::array<unsigned char, 4096> room;  // NOLINT: written before it is read
    json::monotonic_resource memory(room.data(), room.size());
    boost::system::error_code failed;
    const json::value read = json::parse(json::string_view(payload.data(), payload.size()), failed, &memory);
    if (failed || !read.is_object())
        throw std::runtime_error(fmt::format("the payload of '{}' is no JSON object: {}", name, payload));
    check_version(name, read.get_object());
    try {
        return protocol::from_json<F>(read);
    } catch (const std::exception& e) {
        throw std::runtime_error(fmt::format("the payload of '{}' does not read: {}: {}", name, e.what(), payload));
    }
}

}  // namespace

Fact fact_from_json(std::string_view name, std::string_view payload) {
    const auto found = std::ranges::find(fact_names, name);
    if (found == std::end(fact_names))
        throw std::runtime_error(fmt::format("'{}' is no fact that this program knows", name));
    const auto index = static_cast<std::size_t>(found - std::begin(fact_names));
    return boost::mp11::mp_with_index<std::variant_size_v<Fact>>(
        index, [&](auto each) { return read_fact<std::variant_alternative_t<each, Fact>>(name, payload); });
}

}  // namespace baytime::store
