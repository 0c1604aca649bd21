// What who runs the machine asks of a real daemon, for the tests that ask it.
#pragma once

#include "tests/support/daemon_process.hpp"

#include <boost/json.hpp>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace baytime::support {

/// The shop of the transcripts, where a test may ask as often as it likes.
inline std::string busy_shop(const std::filesystem::path& directory, const std::string& more = {}) {
    return write_shop(directory, more, "port = 0", "port = 0\nrequests_per_second = 1000000");
}

/// The result of a call in JSON. Throws std::runtime_error when it was refused.
inline boost::json::object call(client::Client& client, const std::string& method,
                                const std::string& parameters = "{}") {
    const auto reply =
        ask(client, R"({"jsonrpc":"2.0","id":1,"method":")" + method + R"(","params":)" + parameters + "}");
    auto answer = boost::json::parse(reply).as_object();
    if (!answer.contains("result")) throw std::runtime_error(reply);
    return answer["result"].as_object();
}

/// Asks for a copy, and then until none is under way.
inline boost::json::object backed_up(client::Client& client) {
    auto state = call(client, "backup");
    const auto until = std::chrono::steady_clock::now() + daemon_deadline;
    while (state["state"] == "running" && std::chrono::steady_clock::now() < until)
        state = call(client, "backup", R"({"status":true})");
    return state;
}

}  // namespace baytime::support
