#include "board/store/sqlite_journal.hpp"

#include "board/store/backup.hpp"
#include "board/store/check.hpp"
#include "board/store/erasing.hpp"
#include "board/store/fact_json.hpp"
#include "board/store/order_list.hpp"
#include "board/store/schema.hpp"
#include "board/store/settled_table.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <stdexcept>

namespace baytime::store {
namespace {

std::int64_t milliseconds(Instant at) {
    return at.time_since_epoch().count();
}

/// Leaves a kept statement ready for its next use, also after an exception.
class Running {
public:
    explicit Running(SQLite::Statement& statement) : statement_(statement) {}
    ~Running() {
        statement_.tryReset();
        statement_.clearBindings();
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

private:
    SQLite::Statement& statement_;
};

std::string history_of(const char* seqs) {
    return fmt::format("SELECT {} FROM event WHERE seq IN ({}) ORDER BY seq DESC LIMIT ?2", row_columns, seqs);
}

class SqliteJournal : public Journal {
public:
    SqliteJournal(std::string path, Use use, std::unique_ptr<FileLock> lock, Opening opening)
        : path_(std::move(path)),
          lock_(std::move(lock)),
          opening_(std::move(opening)),
          reads_(use == Use::read),
          database_(connect(path_, use)) {
        last_ = static_cast<std::uint64_t>(database_.execAndGet("SELECT coalesce(max(seq), 0) FROM event").getInt64());
        opening_.events = last_;
    }

    void append(std::span<const Event> events, std::span<const Answer> answers) override {
        append_projected(events, answers, {});
    }

    void append_projected(std::span<const Event> events, std::span<const Answer> answers,
                          const Projected& projected) override {
        std::uint64_t next = last_;
        for (const Event& event : events)
            if (event.seq != ++next)
                throw std::runtime_error(fmt::format("not stored: event {} does not follow {}", event.seq, next - 1));
        const bool lists = orders_.due(events.size());
        try {
            Running begin(begin_), commit(commit_);
            begin_.exec();
            for (const Event& event : events) insert(event);
            for (const Answer& answer : answers) insert(answer);
            project(projected);
            for (const Event& event : events)
                if (std::holds_alternative<Erased>(event.fact)) erase(database_, event);
            if (lists) list_events(database_);
            commit_.exec();
        } catch (const std::exception& e) {
            roll_back();
            refuse(e);
        }
        last_ = next;
        orders_.stored(events, lists);
    }

    bool projection_is(const std::string& kind) override {
        bool out = false;
        reading([&] { out = store::projection_is(database_, kind); });
        return out;
    }

    void rebuild_projection(const std::string& kind, const std::function<void(const PutSettled&)>& fill) override {
        settled_.reset();  // its statements would keep the old tables
        try {
            SQLite::Transaction all_or_none(database_, SQLite::TransactionBehavior::IMMEDIATE);
            store::rebuild_projection(database_, kind, fill);
            all_or_none.commit();
        } catch (const SQLite::Exception& e) {
            throw std::runtime_error(sentence(e, path_));
        }
    }

    void read(std::uint64_t after, const std::function<bool(const Event&)>& each) override {
        // Not a kept statement, so that the callback may itself read.
        const auto go = [&] {
            SQLite::Statement all(database_,
                                  fmt::format("SELECT {} FROM event WHERE seq > ? ORDER BY seq", row_columns));
            all.bind(1, static_cast<std::int64_t>(after));
            while (all.executeStep())
                if (!each(readable(row_of(all)))) return;
        };
        reading(go);
    }

    std::vector<Event> history(std::string_view order, std::size_t limit) override {
        std::vector<Event> out;
        reading([&] {
            // For who only reads, the list is the business of another process.
            auto& events = !reads_ && orders_.has_all_of(order) ? listed_history_ : history_;
            Running reset(events);
            events.bind(1, std::string(order));
            events.bind(2, static_cast<std::int64_t>(limit));
            while (events.executeStep()) out.push_back(event_of(row_of(events)));
        });
        std::ranges::reverse(out);
        return out;
    }

    std::optional<Answer> answer(std::string_view key) override {
        std::optional<Answer> out;
        reading([&] {
            Running reset(find_answer_);
            find_answer_.bind(1, std::string(key));
            if (!find_answer_.executeStep()) return;
            out = Answer{.key = std::string(key),
                         .received = Instant{std::chrono::milliseconds{find_answer_.getColumn(0).getInt64()}},
                         .command = find_answer_.getColumn(1).getString(),
                         .reply = find_answer_.getColumn(2).getString()};
        });
        return out;
    }

    void forget_answers(Instant before) override {
        reading([&] {
            Running reset(forget_);
            forget_.bind(1, milliseconds(before));
            forget_.exec();
        });
    }

    std::vector<std::string> imported_plates(std::string_view plate, Instant before, std::size_t limit) override {
        std::vector<std::string> out;
        reading([&] { out = store::imported_plates(database_, plate, before, limit); });
        return out;
    }

    void scrub() override {
        reading([&] { store::scrub(database_); });
    }

    void backup(const std::string& to) override { write_backup(path_, to); }
    const Opening& opening() const override { return opening_; }

private:
    /// Sums were checked at the start, so a row that does not read was written by a program that knew more.
    Event readable(const Row& row) const {
        try {
            return event_of(row);
        } catch (const std::runtime_error& e) {
            throw std::runtime_error(left_alone(path_, e.what()));
        }
    }

    void insert(const Event& event) {
        const std::string payload = fact_json(event.fact);
        const Row row{.seq = static_cast<std::int64_t>(event.seq),
                      .at = milliseconds(event.at),
                      .received = milliseconds(event.received),
                      .who = event.who,
                      .cause = event.cause,
                      .order = event.order,
                      .kind = fact_name(event.fact),
                      .payload = payload};
        Running reset(insert_event_);
        insert_event_.bind(1, row.seq);
        insert_event_.bind(2, row.at);
        insert_event_.bind(3, row.received);
        insert_event_.bindNoCopy(4, event.who);
        insert_event_.bindNoCopy(5, event.cause);
        insert_event_.bindNoCopy(6, event.order);
        insert_event_.bindNoCopy(7, fact_names[event.fact.index()]);
        insert_event_.bindNoCopy(8, payload);
        insert_event_.bind(9, std::int64_t{sum_of(row)});
        insert_event_.exec();
    }

    void project(const Projected& projected) {
        if (projected.fresh.empty() && projected.settled.empty() && projected.unsettled.empty()) return;
        if (!settled_) settled_.emplace(database_);
        for (const std::string& order : projected.unsettled) settled_->remove(order);
        for (const auto& job : projected.fresh) settled_->add(job);
        for (const auto& job : projected.settled) settled_->put(job);
    }

    void insert(const Answer& answer) {
        Running reset(insert_answer_);
        insert_answer_.bindNoCopy(1, answer.key);
        insert_answer_.bind(2, milliseconds(answer.received));
        insert_answer_.bindNoCopy(3, answer.command);
        insert_answer_.bindNoCopy(4, answer.reply);
        insert_answer_.exec();
    }

    void roll_back() noexcept {
        // SQLite has already rolled back after some errors; then there is nothing left to do.
        if (::sqlite3_get_autocommit(database_.getHandle()) == 0) database_.tryExec("ROLLBACK");
    }

    [[noreturn]] void refuse(const std::exception& e) const {
        const auto* from_sqlite = dynamic_cast<const SQLite::Exception*>(&e);
        throw std::runtime_error("not stored: " +
                                 (from_sqlite != nullptr ? sentence(*from_sqlite, path_) : std::string(e.what())));
    }

    template <class Work>
    void reading(const Work& work) const {
        try {
            work();
        } catch (const SQLite::Exception& e) {
            throw std::runtime_error(sentence(e, path_));
        }
    }

    std::string path_;
    std::unique_ptr<FileLock> lock_;  // let go of after the connection below is closed
    Opening opening_;
    bool reads_;
    SQLite::Database database_;
    OrderList orders_{database_};
    std::uint64_t last_ = 0;
    std::optional<SettledTable> settled_;  ///< prepared at the first row
    SQLite::Statement begin_{database_, "BEGIN IMMEDIATE"};
    SQLite::Statement commit_{database_, "COMMIT"};
    SQLite::Statement insert_event_{
        database_, fmt::format("INSERT INTO event ({}, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row_columns)};
    SQLite::Statement insert_answer_{database_,
                                     "INSERT INTO answer (key, received, command, reply) VALUES (?, ?, ?, ?)"};
    SQLite::Statement find_answer_{database_, "SELECT received, command, reply FROM answer WHERE key = ?"};
    SQLite::Statement forget_{database_, "DELETE FROM answer WHERE received < ?"};
    SQLite::Statement history_{database_, history_of(seqs_of_order)};
    SQLite::Statement listed_history_{database_, history_of(listed_seqs_of_order)};
};

}  // namespace

std::unique_ptr<Journal> journal_on(std::string path, Use use, std::unique_ptr<FileLock> lock, Opening opening) {
    return std::make_unique<SqliteJournal>(std::move(path), use, std::move(lock), std::move(opening));
}

}  // namespace baytime::store
