#include "board/cli/connection.hpp"

#include "board/cli/text.hpp"
#include "board/client/known_hosts.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <thread>

namespace baytime::cli {
namespace {

constexpr int tries_of_one_call = 3;

[[noreturn]] void throw_fault(const json::object& error) {
    const auto* code = error.if_contains("code");
    const auto* message = error.if_contains("message");
    const auto* data = error.if_contains("data");
    std::string token;
    if (data != nullptr && data->is_object()) {
        if (const auto* word = data->get_object().if_contains("token"); word != nullptr && word->is_string()) {
            token = std::string(word->get_string());
        }
    }
    const std::int64_t number = code != nullptr && code->is_int64() ? code->get_int64() : 0;
    // -32700 and -326xx: the request itself was wrong; -320xx: it was understood and refused.
    const bool malformed = number <= -32600;
    const std::string sentence =
        message != nullptr && message->is_string() ? std::string(message->get_string()) : "refused";
    throw Trouble(malformed ? usage : refused, token, sentence);
}

[[noreturn]] void throw_gone(const std::string& sentence) {
    throw Trouble(no_connection, "no-connection", sentence);
}

}  // namespace

std::chrono::milliseconds BackOff::next() {
    const auto pause = pause_;
    pause_ = std::min(pause_ * 2, longest_pause);
    return pause;
}

std::string fresh_key() {
    std::array<unsigned char, 12> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 2 * bytes.size() + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    return "cli-" + std::string(hex.data());
}

client::Client reach(const Settings& settings) {
    try {
        auto made = client::Client::connect(settings.host, settings.port, connect_deadline, settings.security);
        if (const auto& seen = made.new_fingerprint(); !seen.empty())
            std::cerr << "baytime: first visit to " << harmless(client::host_name(settings.host, settings.port))
                      << "; its certificate " << seen << " is remembered in " << harmless(settings.security.known_hosts)
                      << ". Compare it with what `baytime tls` shows on its own computer\n";
        return made;
    } catch (const client::Untrusted& stranger) {
        throw Trouble(refused, stranger.token, stranger.what());
    } catch (const client::Refusal& refusal) {
        throw Trouble(no_connection, refusal.token, refusal.what());
    } catch (const std::runtime_error& error) {
        throw_gone(error.what());
    }
}

Connection Connection::open(const Settings& settings) {
    try {
        Connection made(reach(settings));
        if (!made.client_.greeting().starts_with("BAYTIME 1 ")) {
            throw_gone(settings.host + ":" + settings.port + " is no Baytime daemon of protocol version 1");
        }
        json::object hello;
        if (!settings.token.empty()) hello["token"] = settings.token;
        if (!settings.device.empty()) hello["device"] = settings.device;
        if (!hello.empty()) made.call("hello", hello);
        return made;
    } catch (const Trouble&) {
        throw;
    } catch (const std::runtime_error& error) {
        throw_gone(error.what());
    }
}

json::object Connection::read_message(std::string_view line) {
    heard_ = std::chrono::steady_clock::now();
    try {
        auto value = json::parse(json::string_view(line.data(), line.size()));
        if (value.is_object()) return std::move(value.get_object());
    } catch (const std::exception&) {
        // Falls through: what is no JSON object breaks the contract.
    }
    throw_gone("the daemon sent a line that is no JSON object");
}

json::object Connection::call(std::string_view method, const json::object& parameters,
                              std::chrono::milliseconds deadline) {
    const std::int64_t id = ++last_id_;
    const json::object request{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", parameters}};
    try {
        client_.send(json::serialize(request));
        while (true) {
            json::object message = read_message(client_.wait_line(deadline));
            if (message.contains("method")) {
                pushes_.push_back(std::move(message));
                continue;
            }
            if (const auto* error = message.if_contains("error")) throw_fault(error->as_object());
            if (const auto* its = message.if_contains("id"); its == nullptr || *its != json::value(id)) continue;
            auto& result = message["result"];
            return result.is_object() ? std::move(result.get_object()) : json::object{{"result", std::move(result)}};
        }
    } catch (const Trouble&) {
        throw;
    } catch (const std::runtime_error& error) {
        throw_gone(error.what());
    }
}

std::optional<json::object> Connection::take_push() {
    try {
        while (pushes_.empty()) {
            const auto line = client_.take_line();
            if (!line) return std::nullopt;
            json::object message = read_message(*line);
            if (message.contains("method")) pushes_.push_back(std::move(message));
        }
    } catch (const Trouble&) {
        throw;
    } catch (const std::runtime_error& error) {
        throw_gone(error.what());
    }
    json::object push = std::move(pushes_.front());
    pushes_.pop_front();
    return push;
}

json::object call_once(const Settings& settings, std::string_view method, json::object parameters, bool acts) {
    if (acts && !parameters.contains("as") && !parameters.contains("staff") && !settings.as.empty()) {
        parameters["as"] = settings.as;
    }
    if (acts && !parameters.contains("key")) parameters["key"] = fresh_key();
    BackOff back_off;
    bool sent = false;
    for (int attempt = 1;; ++attempt) {
        try {
            Connection connection = Connection::open(settings);
            sent = true;
            return connection.call(method, parameters);
        } catch (const Trouble& trouble) {
            // Nobody there at the first knock is an answer; a break after that deserves another try.
            if (trouble.code != no_connection || !sent || attempt == tries_of_one_call) throw;
            std::this_thread::sleep_for(back_off.next());
        }
    }
}

}  // namespace baytime::cli
