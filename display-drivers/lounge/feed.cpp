// One connection at a time; complaints are logged once, not at every attempt.
#include "display-drivers/lounge/feed.hpp"

#include "protocol/harmless.hpp"
#include "protocol/replies.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <system_error>

namespace baytime::lounge {

namespace json = boost::json;

namespace {

/// Connecting may keep the board still for this long, no more.
constexpr std::chrono::milliseconds connect_deadline{1500};
constexpr int hello_id = 1;
constexpr int watch_id = 2;
/// Letters of a text that are looked at; no panel shows more of one.
constexpr std::size_t most_letters = 200;
constexpr std::chrono::minutes furthest_offset = std::chrono::hours(26);
constexpr double fastest_clock = 1e6;  ///< shop seconds a second

ShopClock clock_of(const json::object& clock, Moment now) {
    const auto at = protocol::from_iso(std::string_view(clock.at("now").as_string()));
    if (!at) throw std::runtime_error("the daemon's clock makes no sense");
    const double speed = clock.at("speed").to_number<double>();
    if (!(speed >= 0)) throw std::runtime_error("the daemon's clock runs backwards");
    const std::chrono::minutes offset(clock.at("offset_minutes").to_number<std::int32_t>());
    if (speed > fastest_clock || offset > furthest_offset || offset < -furthest_offset)
        throw std::runtime_error("the daemon's clock makes no sense");
    const auto* trusted = clock.if_contains("trusted");
    return {.now = *at,
            .speed = speed,
            .offset = offset,
            .taken = now,
            .trusted = trusted == nullptr || trusted->as_bool()};
}

void shorten(std::string& text) {
    std::size_t letters = 0;
    const auto end = std::ranges::find_if(text, [&letters](char one) {
        return (static_cast<unsigned char>(one) & 0xC0U) != 0x80U && ++letters > most_letters;
    });
    text.erase(end, text.end());
}

/// Whatever a daemon sends, the layout measures texts of a bounded length.
LoungeView shortened(LoungeView view) {
    shorten(view.shop);
    for (auto& row : view.rows) {
        for (auto* text : {&row.plate, &row.model, &row.work, &row.bay}) shorten(*text);
    }
    for (auto& guest : view.welcomes) shorten(guest.address);
    return view;
}

/// What is wrong, for a person: not in the words of the libraries that noticed it.
std::string why_it_makes_no_sense(const std::exception& error) {
    const bool ours = dynamic_cast<const std::runtime_error*>(&error) != nullptr &&
                      dynamic_cast<const std::system_error*>(&error) == nullptr &&
                      dynamic_cast<const boost::system::system_error*>(&error) == nullptr;
    return ours ? error.what() : "it is not as the protocol says";
}

}  // namespace

void Reception::take(std::string_view line, Moment now) {
    const json::value value = json::parse(line);
    const json::object& message = value.as_object();
    if (const auto* error = message.if_contains("error")) {
        refusal_ = std::string(error->as_object().at("message").as_string());
        return;
    }
    const auto* method = message.if_contains("method");
    if (method == nullptr) return;  // an answer without news
    const json::object& params = message.at("params").as_object();
    if (method->as_string() == "ping") {
        model_.heard(clock_of(params.at("clock").as_object(), now), now);
    } else if (method->as_string() == "view" && params.at("view").as_string() == "lounge") {
        take_view(params, now);
    }
}

void Reception::take_view(const json::object& push, Moment now) {
    const ShopClock clock = clock_of(push.at("clock").as_object(), now);
    const auto seq = push.at("seq").to_number<std::uint64_t>();
    const auto kind = std::string_view(push.at("kind").as_string());
    if (kind == "snapshot") {
        view_ = push.at("data").as_object();
        complete_ = true;
    } else if (kind == "change") {
        if (!complete_) throw std::runtime_error("a change came before any snapshot");
        protocol::patch(view_, push.at("data").as_object());
    } else {
        seq_ = seq;
        model_.heard(clock, now);
        return;
    }
    seq_ = seq;
    model_.receive(shortened(protocol::from_json<LoungeView>(view_)), clock, now);
}

std::string Reception::hello(const std::string& token) const {
    return json::serialize(json::object{
        {"jsonrpc", "2.0"}, {"id", hello_id}, {"method", "hello"}, {"params", json::object{{"token", token}}}});
}

std::string Reception::watch() const {
    json::object params{{"view", "lounge"}};
    if (complete_) params["since"] = seq_;
    return json::serialize(
        json::object{{"jsonrpc", "2.0"}, {"id", watch_id}, {"method", "watch"}, {"params", std::move(params)}});
}

Feed::Feed(std::string host, std::string port, std::string token, Model& model, client::Security security)
    : host_(std::move(host)),
      port_(std::move(port)),
      token_(std::move(token)),
      security_(std::move(security)),
      model_(model),
      reception_(model) {}

void Feed::turn(Moment now) {
    if (!client_ && now >= try_at_) connect(now);
    if (client_) read(now);
    if (client_ && now - heard_ >= silence_limit) drop(now, "the daemon has gone silent", first_pause);
}

Moment Feed::next_turn() const {
    return client_ ? heard_ + silence_limit : try_at_;
}

void Feed::connect(Moment now) {
    try {
        client_ = client::Client::connect(host_, port_, connect_deadline, security_);
        if (const auto& seen = client_->new_fingerprint(); !seen.empty())
            spdlog::warn("first visit to {}:{}: its certificate {} is remembered; compare it with baytime tls",
                         protocol::harmless(host_), port_, seen);
        if (!token_.empty()) client_->send(reception_.hello(token_));
        client_->send(reception_.watch());
        heard_ = now;
        spdlog::info("connected to {}:{}", protocol::harmless(host_), port_);
    } catch (const client::Untrusted& stranger) {
        ++errors_;
        drop(now, std::string(stranger.what()) + " [" + stranger.token + "]", refused_pause);
    } catch (const client::Refusal& refusal) {
        drop(now, std::string(refusal.what()) + " [" + refusal.token + "]", pause_);
        pause_ = std::min<std::chrono::milliseconds>(pause_ * 2, longest_pause);
    } catch (const std::exception& error) {
        drop(now, error.what(), pause_);
        pause_ = std::min<std::chrono::milliseconds>(pause_ * 2, longest_pause);
    }
}

void Feed::read(Moment now) {
    try {
        while (const auto line = client_->take_line()) {
            heard_ = now;
            if (!understand(*line, now)) return;
        }
    } catch (const std::exception& error) {
        drop(now, error.what(), pause_);
    }
}

bool Feed::understand(std::string_view line, Moment now) {
    try {
        reception_.take(line, now);
    } catch (const std::exception& error) {
        ++errors_;
        reception_.forget();  // whatever was wrong, a fresh snapshot mends it
        drop(now, "a line makes no sense: " + why_it_makes_no_sense(error), longest_pause);
        return false;
    }
    const std::string refusal = reception_.take_refusal();
    if (!refusal.empty()) {
        ++errors_;
        drop(now, "the daemon refuses this screen: " + refusal, refused_pause);
        return false;
    }
    pause_ = first_pause;
    last_complaint_.clear();
    return true;
}

void Feed::drop(Moment now, const std::string& why, std::chrono::milliseconds pause) {
    client_.reset();
    model_.lost(now);
    try_at_ = now + pause;
    if (why != last_complaint_)
        spdlog::warn("{}:{}: {}; trying again", protocol::harmless(host_), port_, protocol::harmless(why));
    last_complaint_ = why;
}

}  // namespace baytime::lounge
