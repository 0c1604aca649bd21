#include "board/daemon/service.hpp"

#include "board/daemon/backups.hpp"
#include "board/daemon/chores.hpp"
#include "board/daemon/descriptor_limit.hpp"
#include "board/daemon/drop_folder.hpp"
#include "board/daemon/health.hpp"
#include "board/daemon/house.hpp"
#include "board/daemon/journal_watch.hpp"
#include "board/daemon/log.hpp"
#include "board/daemon/metrics_door.hpp"
#include "board/daemon/notify.hpp"
#include "board/daemon/opening_log.hpp"
#include "board/daemon/operations.hpp"
#include "board/daemon/private_copies.hpp"
#include "board/daemon/reload_rules.hpp"
#include "board/daemon/sign_tools.hpp"
#include "board/daemon/sign_wall.hpp"
#include "board/daemon/tcp_door.hpp"
#include "board/daemon/timer_calls.hpp"
#include "board/daemon/tls.hpp"
#include "board/daemon/token_desk.hpp"
#include "board/daemon/tokens.hpp"
#include "board/store/log_space.hpp"
#include "config/message.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <csignal>

namespace baytime::daemon {

namespace asio = boost::asio;

namespace {

/// A clock in doubt is looked at this often, in shop time, although nobody asks anything.
constexpr std::chrono::minutes doubt_look_every{1};

/// In a flood of work what it does is shown after so many turns, about a millisecond each, at the latest.
constexpr int most_put_off = 4;

std::shared_ptr<const Shop> shop_of(const std::shared_ptr<const Settings>& settings) {
    return {settings, &settings->shop};
}

class Service {
public:
    Service(const Settings& settings, std::string config_path)
        : configured_(settings),
          config_{
              .path = std::move(config_path), .reloads = 0, .fault = {}, .tokens_put_back = put_back_tokens(settings)},
          tokens_(settings.beside_journal(tokens_file)),
          audit_(settings.beside_journal(audit_file)),
          settings_(in_force()),
          journal_(store::Journal::open(settings.journal, settings.backups)),
          journal_watch_(settings.journal),
          clock_(settings.clock, settings.shop.zone),
          workshop_(*journal_, shop_of(settings_), [this] { return clock_.now(); }),
          watchers_(workshop_, clock_),
          identity_(Steady::now),
          house_{.settings = settings_,
                 .workshop = workshop_,
                 .watchers = watchers_,
                 .identity = identity_,
                 .clock = clock_,
                 .steady = Steady::now,
                 .health =
                     [this] {
                         audit_.write_unwritten();
                         tokens_.store_again();
                         return health_of({.house = house_,
                                           .door = *door_,
                                           .signs = *signs_,
                                           .backups = backups_,
                                           .config = config_,
                                           .audit = audit_,
                                           .started = started_,
                                           .drops = drops_ ? drops_->trouble() : std::nullopt});
                     },
                 .journal_gone = [this] { return journal_watch_.gone(); },
                 .sign_tools = [this](std::string_view verb,
                                      const protocol::Query& query) { return sign_tools_->answer(verb, query); },
                 .operations = [this](std::string_view verb,
                                      const protocol::Query& query) { return operations_->answer(verb, query); },
                 .tokens = [this](std::string_view verb, const protocol::Query& query,
                                  const std::string& by) { return token_desk_.answer(verb, query, by); },
                 .turned_away = [this](const TurnedAway& what) { audit_.add(what, clock_.now()); },
                 .refusals = [this](std::size_t count) { return audit_.newest(count); },
                 .work_waiting = [this] { ask_for_turn(); },
                 .later = timer_calls(io_)},
          token_desk_({.tokens = tokens_,
                       .configured = [this]() -> const Settings& { return configured_; },
                       .changed = [this] { use_tokens(); },
                       .clock = [this] { return clock_.now(); }}),
          backups_(io_, house_) {
        clock_.not_before(workshop_.board().newest);
        identity_.remember(audit_.newest(max_audit_listed), clock_.now());
        clock_.ask_whether_at_work([this] { return !workshop_.board().clocked_on.empty(); });
    }

    void run() {
        log_opening(journal_->opening(), *settings_);
        store::lay_out_log(settings_->journal);
        signs_ = std::make_unique<SignWall>(io_, house_);
        sign_tools_ = std::make_unique<SignTools>(*signs_);
        sign_tools_->listen();
        operations_ = std::make_unique<Operations>(house_, config_, backups_, *sign_tools_);
        open_door();
        drops_ = std::make_unique<DropWatch>(io_, house_);
        signals_.add(SIGTERM);
        signals_.add(SIGINT);
        signals_.add(SIGHUP);
        wait_for_signal();
        chores_.arm_watchdog();
        backups_.begin();
        if (const auto& metrics = settings_->metrics; !metrics.address.empty())
            metrics_ = std::make_unique<MetricsDoor>(
                io_, house_.health, [this] { return house_.settings->has_tokens(); }, house_.turned_away, metrics);
        turn();  // alerts that became due while the daemon was away
        chores_.begin_forgetting();
        drops_->use_settings();
        tell_ready(house_, door_->listening_on());
        notify::ready();
        io_.run();
        log::info("stopped", {{"seq", workshop_.board().seq}});
    }

private:
    /// The settings of the file with the tokens that count now.
    std::shared_ptr<const Settings> in_force() const {
        const auto settings = std::make_shared<Settings>(configured_);
        settings->devices = devices_with(configured_.devices, tokens_.entries());
        return settings;
    }

    void use_tokens() {
        settings_ = in_force();
        house_.settings = settings_;
        // The one who asks may be among them; its answer goes first.
        asio::post(io_, [this] {
            if (door_) door_->dismiss_unwelcome();
        });
    }

    void open_door() {
        std::vector<DoorPlace> places{{.address = settings_->address, .port = settings_->port, .tls = nullptr}};
        if (!settings_->tls_address.empty()) {
            const auto identity = tls_identity(settings_->beside_journal(tls_file), copy_of(tls_file, *settings_));
            config_.tls_key_put_back = identity.put_back;
            if (!identity.put_back.empty()) log::error("tls_key_put_back", {{"from", identity.put_back}});
            if (identity.made) log::info("tls_key_made", {{"path", settings_->beside_journal(tls_file)}});
            house_.tls_fingerprint = identity.fingerprint;
            places.push_back({.address = settings_->tls_address, .port = settings_->tls_port, .tls = identity.context});
        }
        door_ = std::make_unique<TcpDoor>(io_, house_, places);
    }

    void ask_for_turn() {
        if (turn_posted_) return;
        turn_posted_ = true;
        asio::post(io_, [this] { turn(); });
    }

    void turn() {
        turn_posted_ = false;
        chores_.mind_clock();
        audit_.write_unwritten();
        tokens_.store_again();
        backups_.follow(workshop_.turn());
        if (!shown()) show_soon();
        arm_view_timer();
        chores_.arm_ping();
    }

    bool shown() const { return workshop_.board().seq == shown_seq_ && workshop_.sound() == shown_sound_; }

    /// Two rounds of the loop later: who asked while the disk was written is decided first, so that watchers hear of a
    /// burst in one go, and who asked has the answer first.
    void show_soon() {
        if (std::exchange(show_posted_, true)) return;
        asio::post(io_, [this] {
            asio::post(io_, [this] {
                show_posted_ = false;
                if (shown() || (turn_posted_ && ++put_off_ < most_put_off)) return;  // that turn comes here again
                show();
                arm_view_timer();
            });
        });
    }

    void show() {
        put_off_ = 0;
        shown_seq_ = workshop_.board().seq;
        shown_sound_ = workshop_.sound();
        watchers_.refresh();
        signs_->refresh();
    }

    /// Wakes for the next moment at which an alert is due or something shown changes by the passing of time; not at all
    /// before that.
    void arm_view_timer() {
        auto next = watchers_.next_change();
        const auto sooner = [&next](std::optional<Instant> other) {
            if (other && (!next || *other < *next)) next = other;
        };
        sooner(signs_->next_change());
        sooner(workshop_.next_due());
        if (!clock_.trusted()) sooner(clock_.now() + doubt_look_every);
        if (next == next_view_change_ && next) return;
        next_view_change_ = next;
        view_timer_.cancel();
        const auto wait = next ? clock_.until(*next) : std::nullopt;
        if (!wait) return;
        view_timer_.expires_after(*wait);
        view_timer_.async_wait([this](const boost::system::error_code& cancelled) {
            if (cancelled) return;
            next_view_change_.reset();
            chores_.mind_clock();
            backups_.follow(workshop_.turn());
            show();
            arm_view_timer();
        });
    }

    void wait_for_signal() {
        signals_.async_wait([this](const boost::system::error_code& cancelled, int signal) {
            if (cancelled) return;
            if (signal == SIGHUP) {
                reload();
            } else {
                stop();
            }
            wait_for_signal();
        });
    }

    void reload();
    void stop();

    asio::io_context io_{1};
    Settings configured_;  ///< as the file says, but for what a restart is needed for
    ConfigState config_;   ///< before the tokens, which may have to be put back first
    Tokens tokens_;
    Audit audit_;
    std::shared_ptr<const Settings> settings_;  ///< with the tokens that count now
    std::unique_ptr<store::Journal> journal_;
    JournalWatch journal_watch_;
    ShopClock clock_;
    Workshop workshop_;
    Watchers watchers_;
    Identity identity_;
    House house_;
    TokenDesk token_desk_;
    Backups backups_;
    Chores chores_{house_};
    std::unique_ptr<SignWall> signs_;
    std::unique_ptr<SignTools> sign_tools_;
    std::unique_ptr<Operations> operations_;
    std::unique_ptr<MetricsDoor> metrics_;
    std::unique_ptr<TcpDoor> door_;
    std::unique_ptr<DropWatch> drops_;
    asio::signal_set signals_{io_};
    asio::steady_timer view_timer_{io_}, stop_timer_{io_};
    const Steady::time_point started_ = Steady::now();
    std::optional<Instant> next_view_change_;
    std::uint64_t shown_seq_ = 0;
    bool shown_sound_ = true;
    bool turn_posted_ = false, show_posted_ = false;
    int put_off_ = 0;  ///< so many turns have passed since somebody could have been shown something
    bool stopping_ = false;
};

void Service::reload() {
    if (stopping_) return;
    notify::reloading();
    try {
        auto next = read_settings(config_.path);
        refuse_loss(configured_, next, workshop_.board(), config_.path);
        auto left_for_restart = keep_until_restart(configured_, next);
        tokens_.reload();
        configured_ = std::move(next);
        const auto fresh = in_force();
        config_.restart_needed = std::move(left_for_restart);
        if (!config_.restart_needed.empty()) log::warn("restart_needed", {{"for", config_.restart_needed}});
        settings_ = fresh;
        house_.settings = fresh;
        workshop_.use(shop_of(fresh));
        clock_.use_zone(fresh->shop.zone);
        clock_.accept();
        log::set_level(fresh->log_level);
        door_->dismiss_unwelcome();
        signs_->use_settings();
        drops_->use_settings();
        sign_tools_->listen();
        ++config_.reloads;
        config_.fault.clear();
        log::info("reloaded", {{"configuration", summary(*fresh)}});
    } catch (const std::exception& failure) {
        config_.fault = config::without_quotes(failure.what());
        log::error("reload_refused", {{"meaning", "the old configuration stays in force"}, {"why", config_.fault}});
    }
    chores_.mind_clock();
    backups_.follow(workshop_.turn());
    show();
    arm_view_timer();
    notify::ready();
}

void Service::stop() {
    if (std::exchange(stopping_, true)) return io_.stop();  // asked twice: at once
    notify::stopping();
    log::info("stopping");
    turn();  // what was asked before the signal is still done
    if (!shown()) show();
    house_.stopping = true;
    backups_.abandon();
    drops_.reset();
    watchers_.farewell();
    metrics_.reset();
    const auto left = std::make_shared<int>(2);
    const auto one_done = [this, left] {
        if (--*left == 0) io_.stop();
    };
    door_->close(one_done);
    signs_->stop(one_done);
    stop_timer_.expires_after(stop_limit);
    stop_timer_.async_wait([this](const boost::system::error_code& cancelled) {
        if (!cancelled) io_.stop();
    });
}

}  // namespace

void serve(const Settings& settings, const std::string& config_path) {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is refused like a full disk
    raise_descriptor_limit();
    log::set_level(settings.log_level);
    log::info("starting", {{"version", BAYTIME_VERSION}, {"configuration", summary(settings)}});
    Service service(settings, config_path);
    service.run();
}

}  // namespace baytime::daemon
