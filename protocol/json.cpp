// Instants as ISO 8601, both ways.
#include "protocol/json.hpp"

#include "protocol/times.hpp"

#include <cstdio>

namespace baytime::protocol {
namespace {

using namespace std::chrono;

constexpr year first_year{1970};
constexpr year last_year{2199};

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// Reads digits from the front of a text and remembers the first mistake.
class Digits {
public:
    explicit Digits(std::string_view text) : rest_(text) {}

    int number(std::size_t count) {
        int out = 0;
        if (rest_.size() < count) return fail();
        for (std::size_t i = 0; i < count; ++i) {
            if (!is_digit(rest_[i])) return fail();
            out = out * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(count);
        return out;
    }
    bool take(char letter) {
        if (!rest_.starts_with(letter)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void must(char letter) {
        if (!take(letter)) fail();
    }
    bool digit_next() const { return !rest_.empty() && is_digit(rest_.front()); }
    bool done() const { return rest_.empty(); }
    bool good() const { return good_; }
    int fail() {
        good_ = false;
        return 0;
    }

private:
    std::string_view rest_;
    bool good_ = true;
};

/// `.123456` to milliseconds; at most nine digits, what is below a millisecond is dropped.
milliseconds fraction(Digits& in) {
    int value = 0;
    int digits = 0;
    while (in.digit_next()) {
        const int digit = in.number(1);
        if (digits < 3) value = value * 10 + digit;
        ++digits;
    }
    if (digits == 0 || digits > 9) in.fail();
    for (; digits < 3; ++digits) value *= 10;
    return milliseconds(value);
}

/// `Z`, `+08:00`, `+0800`, `+08`
minutes offset(Digits& in) {
    if (in.take('Z')) return minutes{0};
    const bool east = in.take('+');
    if (!east) in.must('-');
    const int hour = in.number(2);
    in.take(':');
    const int minute = in.done() ? 0 : in.number(2);
    if (hour > 14 || minute > 59) in.fail();
    const minutes size = hours(hour) + minutes(minute);
    return east ? size : -size;
}

Date date_of(Digits& in) {
    const year y(in.number(4));
    in.must('-');
    const month m(static_cast<unsigned>(in.number(2)));
    in.must('-');
    return {y, m, day(static_cast<unsigned>(in.number(2)))};
}

bool known(Date date) {
    return date.ok() && date.year() >= first_year && date.year() <= last_year;
}

}  // namespace

std::string iso_date(Date date) {
    char out[40];
    const int length = std::snprintf(out, sizeof out, "%04d-%02u-%02u", static_cast<int>(date.year()),
                                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return {out, static_cast<std::size_t>(length)};
}

std::optional<Date> from_iso_date(std::string_view text) {
    Digits in(text);
    const Date date = date_of(in);
    if (!in.good() || !in.done() || !known(date)) return std::nullopt;
    return date;
}

std::optional<LocalTime> read_local(std::string_view text) {
    Digits in(text);
    const Date date = date_of(in);
    in.must('T');
    const int hour = in.number(2);
    in.must(':');
    const int minute = in.number(2);
    LocalTime out;
    if (in.take(':')) {
        out.beyond = seconds(in.number(2));
        if (out.beyond > seconds(59)) in.fail();
        if (in.take('.')) out.beyond += fraction(in);
    }
    if (!in.good() || !known(date) || hour > 23 || minute > 59) return std::nullopt;
    out.minute = local_days(date) + hours(hour) + minutes(minute);
    if (!in.done()) {
        out.east = offset(in);
        if (!in.good() || !in.done()) return std::nullopt;
    }
    return out;
}

// Written digit by digit: every event and every answer holds times, and a general formatter takes several times as
// long.
std::string iso_utc(Instant at) {
    const auto day_start = floor<days>(at);
    const year_month_day date(day_start);
    const hh_mm_ss time(floor<milliseconds>(at - day_start));
    std::string text = "0000-00-00T00:00:00";
    const auto put = [&text](std::size_t last, std::int64_t number) {
        for (std::size_t place = last; number > 0; number /= 10) text[place--] = static_cast<char>('0' + number % 10);
    };
    put(3, static_cast<int>(date.year()));
    put(6, static_cast<unsigned>(date.month()));
    put(9, static_cast<unsigned>(date.day()));
    put(12, time.hours().count());
    put(15, time.minutes().count());
    put(18, time.seconds().count());
    if (const auto beyond = time.subseconds().count(); beyond > 0) {
        text += ".000";
        put(text.size() - 1, beyond);
    }
    return text + 'Z';
}

std::optional<Instant> from_iso(std::string_view text) {
    const auto read = read_local(text);
    if (!read || !read->east) return std::nullopt;
    const Instant at{read->minute.time_since_epoch() + read->beyond - *read->east};
    if (at < Instant{}) return std::nullopt;
    return at;
}

}  // namespace baytime::protocol
