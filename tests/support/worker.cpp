#include "tests/support/worker.hpp"

#include "board/core/event.hpp"

#include <algorithm>

namespace baytime::support {

namespace {

using namespace std::chrono_literals;

constexpr int first_bays = 3;

const std::map<std::string_view, std::string> verb_of_fact = {
    {"received", "receive"},  {"assigned", "assign"},     {"started", "start"},
    {"paused", "pause"},      {"finished", "finish"},     {"inspected", "inspect"},
    {"delivered", "deliver"}, {"delay_flagged", "delay"}, {"contacted", "contact"}};

/// Refused for now: the same line with the same key is to be said again.
bool passes(const std::string& answer) {
    for (const auto* token : {"ERR too-many-requests", "ERR storage", "ERR stopping", "ERR too-many-connections"}) {
        if (answer.starts_with(token)) return true;
    }
    return false;
}

/// Empty, or how the verbs stored differ from those acknowledged.
std::string difference(const std::vector<std::string>& verbs, const std::vector<std::string>& kept) {
    if (kept.size() < verbs.size()) return std::to_string(verbs.size() - kept.size()) + " lost";
    if (kept.size() > verbs.size() + 1) return std::to_string(kept.size() - verbs.size()) + " too many";
    return std::equal(verbs.begin(), verbs.end(), kept.begin()) ? "" : "another order";
}

}  // namespace

void Worker::run() {
    for (int n = 1; !place_.ended(); ++n) {
        const std::string order = "K" + number_ + "-" + std::to_string(n);
        const std::string by = " as=T" + number_;
        act(order, "receive", " plate=沪A1" + number_ + "K8 model=朗逸 type=maintenance promise=+240 wash=no as=301");
        act(order, "assign", " " + number_ + " as=201");
        act(order, "start", by);
        if (n % 3 == 0) act(order, "delay", " minutes=30 reason=parts" + by);
        act(order, "pause", " reason=parts" + by);
        if (n % 3 == 0) act(order, "contact", " 王先生 phone as=301");
        act(order, "start", by);
        act(order, "finish", by);
        act(order, "inspect", " passed as=402");
        act(order, "deliver", " as=301");
    }
    connection_.reset();
}

void Worker::act(const std::string& order, const std::string& verb, const std::string& rest) {
    if (place_.ended() || !refused_.empty()) return;
    const std::string key = order + "-" + std::to_string(++said_);
    const std::string line = verb + " " + order + rest + " key=" + key;
    std::string answer = ask(line);
    while (passes(answer)) {
        place_.try_again();
        answer = ask(line);
    }
    if (answer.empty()) return;
    if (!answer.starts_with("OK ") || answer.find("changed=yes") == std::string::npos) {
        refused_ = line + " -> " + answer;
        return;
    }
    acknowledged_[order].push_back(verb);
    keys_.push_back(key);
    place_.acknowledged();
    place_.rest();
}

/// The answer, or nothing when the play ended before one came.
std::string Worker::ask(const std::string& line) {
    while (true) {
        try {
            if (!connection_) {
                connection_ = place_.connect();
                if (!connection_) return {};
            }
            connection_->send(line);
            return connection_->wait_line(30s);
        } catch (const std::exception&) {
            connection_.reset();
        }
    }
}

std::string bays_and_hands(int workers) {
    std::string out;
    for (int each = 1; each <= workers; ++each) {
        const std::string id = std::to_string(each);
        out += "[[staff]]\nid = \"T" + id + "\"\nname = \"技师\"\nrole = \"technician\"\n";
        if (each > first_bays) out += "[[bay]]\nid = \"" + id + "\"\nlabel = \"" + id + "号工位\"\nteam = \"A\"\n";
    }
    return out;
}

Shop shop_of(int workers) {
    Shop shop{.name = "城西服务站"};
    for (int each = 1; each <= workers; ++each) {
        const std::string id = std::to_string(each);
        shop.bays.push_back({.id = id, .label = id + "号工位", .team = "A"});
    }
    return shop;
}

std::vector<std::string> differences(store::Journal& journal, const std::vector<Worker>& workers) {
    std::map<std::string, std::vector<std::string>> stored;
    journal.read(0, [&](const Event& event) {
        const auto verb = verb_of_fact.find(fact_names[event.fact.index()]);
        if (verb != verb_of_fact.end()) stored[event.order].push_back(verb->second);
        return true;
    });
    std::vector<std::string> out;
    for (const auto& worker : workers) {
        for (const auto& [order, verbs] : worker.acknowledged()) {
            if (auto differs = difference(verbs, stored[order]); !differs.empty())
                out.push_back(order + ": " + differs);
        }
        for (const auto& key : worker.keys()) {
            if (!journal.answer(key)) out.push_back("no answer kept for " + key);
        }
    }
    return out;
}

}  // namespace baytime::support
