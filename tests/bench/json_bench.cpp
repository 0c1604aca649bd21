// A message of JSON, parsed and written again, beside nlohmann::json; and a whole call, understood and answered.
#include "protocol/replies.hpp"
#include "protocol/verbs.hpp"
#include "tests/bench/row.hpp"

#if __has_include(<nlohmann/json.hpp>)
#include <nlohmann/json.hpp>
#define BENCH_HAS_PEER 1
#endif

#include <array>
#include <chrono>
#include <functional>
#include <string>

using namespace baytime;
using namespace baytime::bench;

namespace {

constexpr int rounds = 9, repeats = 20'000;
/// As much of it as a line may need; the product's line parser does the same.
constexpr std::size_t parse_buffer_bytes = 16 * 1024;
const std::string line =
    R"({"jsonrpc":"2.0","id":7,"method":"receive","params":{"order":"R1023","plate":"沪A12345","model":"朗逸 1.5L",)"
    R"("type":"maintenance","promise":"+90","as":"301","key":"0123456789abcdef"}})";

/// Nanoseconds for one call.
double nanoseconds(const std::function<std::size_t()>& work) {
    const auto began = std::chrono::steady_clock::now();
    std::size_t bytes = 0;
    for (int i = 0; i < repeats; ++i) bytes += work();
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - began;
    return bytes > 0 ? took.count() / repeats : 0;
}

std::size_t ours() {
    std::array<unsigned char, parse_buffer_bytes> buffer;  // NOLINT: not to be cleared for each line
    boost::json::static_resource room(buffer.data(), buffer.size());
    return boost::json::serialize(boost::json::parse(line, &room)).size();
}

/// From the line to the answer, without what the workshop decides.
std::size_t whole_call() {
    const protocol::Clockwork clock;
    const auto reading = protocol::read_json_line(line, clock);
    const auto* call = std::get_if<protocol::Call>(&reading.calls.front());
    if (call == nullptr) return 0;
    protocol::Result result;
    result.members["order"] = "R1023";
    result.members["state"] = "waiting";
    result.members["seq"] = 412;
    return protocol::json_reply(call->id.value_or(nullptr), result).size();
}

}  // namespace

int main() {
    print_head();
#ifdef BENCH_HAS_PEER
    const auto theirs = [] { return nlohmann::json::parse(line).dump().size(); };
    Row message{
        .name = "JSON: a message parsed and written", .unit = "ns", .reference = "nlohmann", .goal = {.limit = 0.30}};
    Row call = message;
    call.name = "JSON: a call understood and answered";
    call.goal.side = Goal::Side::none;
    for (int round = 0; round < rounds; ++round) {
        const double reference = nanoseconds(theirs);
        message.theirs.push_back(reference);
        call.theirs.push_back(reference);
        message.ours.push_back(nanoseconds(ours));
        call.ours.push_back(nanoseconds(whole_call));
    }
    print(message);
    print(call);
    return message.ours.front() > 0 && call.ours.front() > 0 ? 0 : 1;
#else
    print_missing("JSON", "nlohmann-json3-dev is not installed");
    return 0;
#endif
}
