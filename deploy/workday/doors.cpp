#include "deploy/workday/doors.hpp"

#include "protocol/replies.hpp"

#include <algorithm>
#include <charconv>
#include <thread>

namespace baytime::workday {
namespace {

namespace json = protocol::json;
using cli::Trouble;

class JsonDoor : public Door {
public:
    explicit JsonDoor(const cli::Settings& settings) : Door(settings) {}

private:
    Answer attempt(const Order& order, const std::string& key) override {
        if (!connection_) connection_ = cli::Connection::open(settings());
        json::object parameters{{"order", order.order}, {"as", order.as}, {"key", key}};
        for (const auto& [name, value] : order.values) {
            parameters[name] = value == "yes"  ? json::value(true)
                               : value == "no" ? json::value(false)
                                               : json::value(json::string(value));
        }
        try {
            const auto result = connection_->call(order.verb, parameters);
            Answer answer{.ok = true};
            if (const auto* state = result.if_contains("state")) answer.state = std::string(state->as_string());
            if (const auto* seq = result.if_contains("seq")) answer.seq = seq->to_number<std::uint64_t>();
            return answer;
        } catch (const Trouble& trouble) {
            if (trouble.code == cli::no_connection) throw;
            return {.token = trouble.token, .sentence = trouble.what()};
        }
    }
    void close() override { connection_.reset(); }

    std::optional<cli::Connection> connection_;
};

/// The value of ` name=` in a reply of words; the values asked for here are never quoted.
std::string value_in(std::string_view reply, std::string_view name) {
    const std::string mark = " " + std::string(name) + "=";
    const auto at = reply.find(mark);
    if (at == std::string_view::npos) return {};
    const auto rest = reply.substr(at + mark.size());
    return std::string(rest.substr(0, rest.find(' ')));
}

Answer read_reply(std::string_view reply) {
    if (reply.starts_with("OK")) {
        Answer answer{.ok = true, .state = value_in(reply, "state")};
        const std::string seq = value_in(reply, "seq");
        std::from_chars(seq.data(), seq.data() + seq.size(), answer.seq);
        return answer;
    }
    if (!reply.starts_with("ERR ")) throw std::runtime_error("no reply: " + std::string(reply));
    reply.remove_prefix(4);
    const auto blank = reply.find(' ');
    return {.token = std::string(reply.substr(0, blank)),
            .sentence = blank == std::string_view::npos ? "" : std::string(reply.substr(blank + 1))};
}

/// A line goes out, its OK or ERR comes back; anything unasked is passed over.
class LineDoor : public Door {
public:
    explicit LineDoor(const cli::Settings& settings) : Door(settings) {}

protected:
    Answer exchange(const std::string& line) {
        if (!client_) open();
        client_->send(line);
        while (true) {
            const std::string reply = client_->wait_line(cli::answer_deadline);
            if (reply.starts_with("OK") || reply.starts_with("ERR")) return read_reply(reply);
        }
    }
    void close() override { client_.reset(); }

private:
    void open() {
        client_ = client::Client::connect(settings().host, settings().port, cli::connect_deadline, settings().security);
        std::string hello = "hello";
        if (!settings().token.empty()) hello += " token=" + protocol::word(json::string(settings().token));
        if (!settings().device.empty()) hello += " device=" + settings().device;
        if (hello == "hello") return;
        const Answer answer = exchange(hello);
        if (!answer.ok) throw Trouble(cli::refused, answer.token, answer.sentence);
    }

    std::optional<client::Client> client_;
};

class WordsDoor : public LineDoor {
public:
    explicit WordsDoor(const cli::Settings& settings) : LineDoor(settings) {}

private:
    Answer attempt(const Order& order, const std::string& key) override {
        std::string line = order.verb + " order=" + order.order;
        for (const auto& [name, value] : order.values) line += " " + name + "=" + protocol::word(json::string(value));
        return exchange(line + " as=" + order.as + " key=" + key);
    }
};

class ScannerDoor : public LineDoor {
public:
    explicit ScannerDoor(const cli::Settings& settings) : LineDoor(settings) {}

private:
    Answer attempt(const Order& order, const std::string&) override {
        const std::string card = card_for(order).value();
        for (const std::string& code : {"T" + order.as, "J" + order.order}) {
            const Answer answer = exchange(code);
            if (!answer.ok) return answer;
        }
        return exchange(card);
    }
};

std::string value_of(const Order& order, std::string_view name) {
    for (const auto& [key, value] : order.values) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace

std::optional<std::string> card_for(const Order& order) {
    if (order.verb == "start") return "START";
    if (order.verb == "finish") return "FINISH";
    if (order.verb == "pause" && value_of(order, "reason") == "parts") return "PAUSE-PARTS";
    if (order.verb == "yes") return "YES";
    const std::string minutes = value_of(order, "minutes");
    if ((order.verb == "delay" || order.verb == "late") && (minutes == "15" || minutes == "30" || minutes == "60"))
        return "LATE-" + minutes;
    return std::nullopt;
}

Answer Door::say(const Order& order, const std::string& key, const GiveUp& give_up) {
    cli::BackOff back_off;
    while (true) {
        try {
            return attempt(order, key);
        } catch (const Trouble& trouble) {
            if (trouble.code != cli::no_connection) throw;
        } catch (const std::runtime_error&) {
            // The connection broke: open another one and say it again.
        }
        close();
        ++reconnects_;
        if (give_up()) throw Trouble(cli::no_connection, "no-connection", "the daemon is away");
        std::this_thread::sleep_for(back_off.next());
    }
}

std::unique_ptr<Door> json_door(const cli::Settings& settings) {
    return std::make_unique<JsonDoor>(settings);
}

std::unique_ptr<Door> words_door(const cli::Settings& settings) {
    return std::make_unique<WordsDoor>(settings);
}

std::unique_ptr<Door> scanner_door(const cli::Settings& settings) {
    return std::make_unique<ScannerDoor>(settings);
}

}  // namespace baytime::workday
