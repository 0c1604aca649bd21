// The JSON-RPC 2.0 spelling, with the examples of its specification (section 7) where they apply.
#include "protocol/replies.hpp"

#include "tests/protocol/support.hpp"

using namespace baytime;
using namespace baytime::protocol;
using namespace baytime::protocol::test;

TEST_CASE("a call with named parameters is the same command as in words", "[jsonrpc]") {
    const auto start = json_command<Start>(
        R"({"jsonrpc":"2.0","id":7,"method":"start","params":{"order":"r1023","bay":"3","force":true}})");
    CHECK(start.order == "R1023");
    CHECK(start.bay == "3");
    CHECK(start.force);
    CHECK(json_command<Start>(R"({"jsonrpc":"2.0","id":7,"method":"start","params":{"order":"R1","bay":3}})").bay ==
          "3");
    CHECK(json_command<FlagDelay>(
              R"({"jsonrpc":"2.0","id":7,"method":"delay","params":{"order":"R1","reason":"parts","minutes":30}})")
              .minutes == MinuteCount{30});
}

TEST_CASE("parameters by position are those of words", "[jsonrpc]") {
    const auto assign = json_command<Assign>(R"({"jsonrpc":"2.0","id":"a","method":"assign","params":["R1","3"]})");
    CHECK(assign.order == "R1");
    CHECK(assign.bay == "3");
    CHECK(json_fault_of(R"({"jsonrpc":"2.0","id":"a","method":"finish","params":["R1","3"]})").token ==
          "unknown-parameter");
}

TEST_CASE("the id comes back as it was given, and a call without one is a notification", "[jsonrpc]") {
    CHECK(json_call(R"({"jsonrpc":"2.0","id":7,"method":"ping"})").id == json::value(7));
    CHECK(json_call(R"({"jsonrpc":"2.0","id":"x","method":"ping"})").id == json::value("x"));
    CHECK(json_call(R"({"jsonrpc":"2.0","id":null,"method":"ping"})").id == json::value(nullptr));
    CHECK_FALSE(json_call(R"({"jsonrpc":"2.0","method":"ping"})").id);
    CHECK_FALSE(json_fault_of(R"({"jsonrpc":"2.0","method":"foobar"})").id);
    CHECK(json_fault_of(R"({"jsonrpc":"2.0","id":{},"method":"ping"})").token == "not-a-call");
    CHECK(json_fault_of(R"({"jsonrpc":"2.0","id":")" + std::string(129, 'i') + R"(","method":"ping"})").token ==
          "not-a-call");
}

TEST_CASE("a number that would not come back as it was written is no id", "[jsonrpc]") {
    for (const std::string id : {"0", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551615"}) {
        CAPTURE(id);
        const auto understood = json_call(R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"ping"})");
        REQUIRE(understood.id);
        CHECK(json::serialize(*understood.id) == id);
    }
    for (const std::string id :
         {"1.5", "1e400", "-1e400", "1e2", "1.0", "18446744073709551616", "-9223372036854775809", "true", "[1]"}) {
        CAPTURE(id);
        const auto found = json_fault_of(R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"ping"})");
        CHECK(found.token == "not-a-call");
        CHECK(found.code == -32600);
        CHECK(found.id == json::value(nullptr));
    }
}

TEST_CASE("a JSON fault has the code of the specification and keeps the id", "[jsonrpc]") {
    struct Case {
        std::string line, token;
        int code;
        json::value id;
    };
    const auto c = GENERATE(values<Case>({
        {R"({"jsonrpc": "2.0", "method": "foobar", "id": "1"})", "unknown-verb", -32601, "1"},
        {R"({"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz])", "bad-json", -32700, nullptr},
        {R"({"jsonrpc": "2.0", "method": 1, "params": "bar"})", "not-a-call", -32600, nullptr},
        {R"({"jsonrpc": "1.0", "method": "ping", "id": 4})", "not-a-call", -32600, 4},
        {R"({"method": "ping", "id": 4})", "not-a-call", -32600, 4},
        {R"({"jsonrpc": "2.0", "method": "ping", "id": 4, "extra": 1})", "not-a-call", -32600, 4},
        {R"({"jsonrpc": "2.0", "method": "ping", "id": 4, "params": 1})", "not-a-call", -32600, 4},
        {R"({"jsonrpc": "2.0", "method": "ping", "id": 4} x)", "bad-json", -32700, nullptr},
        {R"({"jsonrpc": "2.0", "method": "ping", "id": 4)", "bad-json", -32700, nullptr},
        {R"({})", "not-a-call", -32600, nullptr},
        {R"([])", "not-a-call", -32600, nullptr},
        {R"([1)", "bad-json", -32700, nullptr},
        {R"({"jsonrpc":"2.0","id":1,"method":"start"})", "missing-parameter", -32602, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"start","params":{"order":null}})", "missing-parameter", -32602, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"start","params":{"order":"R1","bey":1}})", "unknown-parameter", -32602,
         1},
        {R"({"jsonrpc":"2.0","id":1,"method":"start","params":{"order":true}})", "bad-value", -32602, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"start","params":{"order":["R1"]}})", "bad-value", -32602, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"start","params":{"order":"R1","force":1}})", "bad-value", -32602, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"delay","params":{"order":"R1","reason":"parts","minutes":3.5}})",
         "bad-value", -32602, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"promise","params":{"order":"R1","to":1700000000}})", "bad-value", -32602,
         1},
        {R"({"jsonrpc":"2.0","id":1,"id":2,"method":"ping"})", "not-a-call", -32600, nullptr},
        {R"({"jsonrpc":"2.0","id":1,"method":"start","params":{"order":"R1","\u006frder":"R2"}})", "not-a-call", -32600,
         nullptr},
        {"[[[[[[[[[[[[1]]]]]]]]]]]]", "bad-json", -32700, nullptr},
    }));
    CAPTURE(c.line);
    const Fault found = json_fault_of(c.line);
    CAPTURE(found.sentence);
    CHECK(found.token == c.token);
    CHECK(found.code == c.code);
    CHECK(found.json);
    CHECK(found.id == c.id);
}

TEST_CASE("a batch is read call by call, and each fault stays in its place", "[jsonrpc]") {
    const auto reading = json_line(R"([
        {"jsonrpc": "2.0", "method": "ping", "id": "1"},
        {"jsonrpc": "2.0", "method": "finish", "params": ["R7"]},
        {"foo": "boo"},
        {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
        1])");
    CHECK(reading.batch);
    REQUIRE(reading.calls.size() == 5);
    CHECK(std::get<Call>(reading.calls[0]).id == json::value("1"));
    CHECK_FALSE(std::get<Call>(reading.calls[1]).id);
    CHECK(std::get<Fault>(reading.calls[2]).token == "not-a-call");
    CHECK(std::get<Fault>(reading.calls[2]).id == json::value(nullptr));
    CHECK(std::get<Fault>(reading.calls[3]).token == "unknown-verb");
    CHECK(std::get<Fault>(reading.calls[3]).id == json::value("5"));
    CHECK(std::get<Fault>(reading.calls[4]).token == "not-a-call");
}

TEST_CASE("a batch has a limit", "[jsonrpc]") {
    std::string batch = "[1";
    for (std::size_t i = 1; i < max_batch; ++i) batch += ",1";
    CHECK(json_line(batch + "]").calls.size() == max_batch);
    const auto reading = json_line(batch + ",1]");
    REQUIRE(reading.calls.size() == 1);
    CHECK_FALSE(reading.batch);
    CHECK(std::get<Fault>(reading.calls.front()).token == "too-many-requests");
    CHECK(std::get<Fault>(reading.calls.front()).code == -32002);
}

TEST_CASE("text in JSON may be written with escapes", "[jsonrpc]") {
    CHECK(json_command<Cancel>(
              R"({"jsonrpc":"2.0","id":1,"method":"cancel","params":["R1","\u6ca7A\u00b7\ud83d\ude97"]})")
              .reason == "沧A·🚗");
    CHECK(json_fault_of(R"({"jsonrpc":"2.0","id":1,"method":"cancel","params":["R1","a\u0000b"]})").token ==
          "bad-value");
}
