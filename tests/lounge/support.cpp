#include "tests/lounge/support.hpp"

#include "display-drivers/lounge/png.hpp"
#include "tests/support/paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

namespace baytime::lounge::support {

namespace {

using namespace std::chrono;

/// Two colours differ when one channel does by more than this.
constexpr int channel_tolerance = 40;
/// Share of pixels that may differ: letter edges of another FreeType.
constexpr double share_tolerance = 0.004;

Surface shrunk(SDL_Surface& from, int by) {
    Surface to = make_surface(from.w / by, from.h / by);
    const auto* source = static_cast<const Uint32*>(from.pixels);
    auto* target = static_cast<Uint32*>(to->pixels);
    for (int y = 0; y < to->h; ++y) {
        for (int x = 0; x < to->w; ++x) {
            Uint32 sum[3] = {};
            for (int i = 0; i < by * by; ++i) {
                const Uint32 pixel = source[(y * by + i / by) * (from.pitch / 4) + x * by + i % by];
                for (int c = 0; c < 3; ++c) sum[c] += (pixel >> (8 * c)) & 255;
            }
            const auto mean = [&](int c) { return sum[c] / static_cast<Uint32>(by * by); };
            target[y * (to->pitch / 4) + x] = (mean(2) << 16) | (mean(1) << 8) | mean(0);
        }
    }
    return to;
}

/// Share of differing pixels; paints them red on a dimmed copy.
double difference(SDL_Surface& actual, SDL_Surface& golden, SDL_Surface& shown) {
    const auto* a = static_cast<const Uint32*>(actual.pixels);
    const auto* g = static_cast<const Uint32*>(golden.pixels);
    auto* out = static_cast<Uint32*>(shown.pixels);
    int different = 0;
    for (int y = 0; y < actual.h; ++y) {
        for (int x = 0; x < actual.w; ++x) {
            const Uint32 mine = a[y * (actual.pitch / 4) + x], theirs = g[y * (golden.pitch / 4) + x];
            bool differs = false;
            for (int c = 0; c < 3; ++c) {
                const int gap = static_cast<int>((mine >> (8 * c)) & 255) - static_cast<int>((theirs >> (8 * c)) & 255);
                differs = differs || std::abs(gap) > channel_tolerance;
            }
            different += differs;
            out[y * (shown.pitch / 4) + x] = differs ? 0xff2020 : (mine >> 2) & 0x3f3f3f;
        }
    }
    return static_cast<double>(different) / (actual.w * actual.h);
}

LoungeRow car(int id, std::string plate, std::string model, std::string work, std::string bay, Step step,
              Instant promise, Instant expected) {
    return {.id = std::to_string(id),
            .plate = std::move(plate),
            .model = std::move(model),
            .work = std::move(work),
            .bay = std::move(bay),
            .step = step,
            .promise = promise,
            .expected = expected};
}

void move_time(LoungeRow& row, Instant to, bool told) {
    row.expected = to;
    row.moved = true;
    row.told = told;
}

}  // namespace

Instant at(int hour, int minute) {
    return sys_days(year(2026) / November / 21) + hours(hour - 8) + minutes(minute);
}

ShopClock clock_at(int hour, int minute, Moment taken) {
    return {.now = at(hour, minute), .speed = 1, .offset = hours(8), .taken = taken};
}

LoungeView eight_cars() {
    LoungeView view{.shop = "城西服务站"};
    view.rows = {
        car(1, "沪A·7**K8", "大众 途观L", "首保", "3号工位", Step::ready, at(9, 40), at(9, 40)),
        car(2, "沪C·2**19", "大众 朗逸", "常规保养", "1号工位", Step::washing, at(10, 0), at(9, 55)),
        car(3, "浙B·5**6D", "帕萨特", "更换刹车片", "2号工位", Step::quality, at(10, 15), at(10, 10)),
        car(4, "沪A·D**338", "ID.4 X", "常规保养", "快修1", Step::repair, at(10, 30), at(10, 20)),
        car(5, "苏E·9**R1", "斯柯达 明锐", "空调不制冷检修", "5号工位", Step::repair, at(10, 30), at(10, 30)),
        car(6, "沪B·1**77", "途昂", "事故钣喷", "钣金2", Step::repair, at(16, 0), at(15, 30)),
        car(7, "沪A·6**Q5", "高尔夫", "常规保养", "4号工位", Step::dispatched, at(10, 45), at(10, 45)),
        car(8, "皖A·3**08", "速腾", "轮胎更换", "", Step::received, at(11, 15), at(11, 15)),
    };
    view.rows[0].type = RepairType::first_service;
    view.rows[2].type = view.rows[4].type = view.rows[7].type = RepairType::repair;
    view.rows[5].type = RepairType::accident;
    view.rows[5].paused_for = PauseReason::parts;
    move_time(view.rows[4], at(11, 0), true);
    view.welcomes = {{"11", "王先生", at(10, 0)}, {"12", "陈女士", at(10, 30)}, {"13", "李先生", at(11, 0)}};
    return view;
}

LoungeView many_cars(int count) {
    static constexpr std::array provinces{"沪", "苏", "浙", "皖", "京", "粤"};
    static constexpr std::array models{"大众 途观L", "帕萨特", "ID.4 X", "斯柯达 明锐", "高尔夫", "Polo Plus"};
    static constexpr std::array works{"常规保养", "更换刹车片", "空调不制冷检修", "", "四轮定位", "轮胎更换"};
    LoungeView view{.shop = "城西服务站"};
    for (int i = 0; i < count; ++i) {
        const auto step = static_cast<Step>(5 - std::min(5, (i + 2) / 3 % 7));
        const auto pick = [&](const auto& list) { return list[static_cast<std::size_t>(i) % list.size()]; };
        const std::string plate =
            fmt::format("{}{}·{}**{:02}", pick(provinces), static_cast<char>('A' + i % 5), i % 10, i * 7 % 100);
        const std::string bay = step == Step::received ? "" : fmt::format("{}号工位", 1 + i % 12);
        auto row = car(i + 1, plate, pick(models), pick(works), bay, i < 3 ? Step::ready : step,
                       at(9, 40) + minutes(5 * i), at(9, 40) + minutes(5 * i));
        if (row.step == Step::repair && i % 4 == 1) row.paused_for = PauseReason::customer;
        if (row.step != Step::ready && i % 7 == 3) move_time(row, *row.promise + minutes(40), i % 2 == 0);
        if (i == 2) row.delivered = true;
        if (i == 4) row.overdue = true;
        view.rows.push_back(row);
    }
    view.welcomes = {{"91", "王先生", at(10, 0)},  {"92", "欧阳女士", at(10, 30)}, {"93", "李先生", at(11, 0)},
                     {"94", "赵女士", at(11, 30)}, {"95", "周先生", at(13, 0)},    {"96", "吴女士", at(13, 30)}};
    return view;
}

LoungeView long_names() {
    LoungeView view = eight_cars();
    view.shop = "上海浦东新区世纪大道城西汽车销售服务有限公司第一服务站";
    for (auto& row : view.rows) row.model = "一汽-大众 探岳GTE插电式混合动力 尊贵智联版";
    for (auto& row : view.rows) row.work = "更换前后刹车片及刹车盘并检查底盘异响";
    view.rows[1].plate = "沪A·D12*38";
    view.rows[2].plate = "沪A·D12338";
    view.rows[3].plate = "粤Z·F12*4港";
    view.rows[5].plate = "WJ沪·1234*67";
    view.rows[1].paused_for = PauseReason::customer;
    view.rows[2].overdue = true;
    move_time(view.rows[3], at(11, 30), false);
    view.rows[6].expected.reset();
    view.rows[7].promise = view.rows[7].expected = at(16, 0) + hours(24);
    view.welcomes[0].address = "上官欧阳司徒女士";
    return view;
}

Surface draw(const Case& what) {
    Fonts fonts;
    const Images images("", what.code ? "https://example.com/mycar" : "");
    Style style{
        .theme = what.light ? light_theme() : dark_theme(), .logo_aspect = images.logo_aspect(), .code = what.code};
    const Grid grid = make_grid(what.panel, fonts.cap_height());
    const Moment start{};
    Model model({.language = what.language, .closed = what.closed});
    model.set_rows_per_page(grid.rows);
    model.receive(what.view, clock_at(what.hour, what.minute, start), start);
    if (what.stale) model.lost(start);
    const Moment later = start + what.page * page_dwell + (what.stale ? minutes(3) : minutes(0));
    const Scene scene = make_scene(model.show(later), grid, style, fonts.ruler());
    Surface surface = make_surface(what.panel.width, what.panel.height);
    Painter painter(fonts, images);
    painter.paint(scene, {.light = what.glass_light}, *surface, true);
    return surface;
}

std::string compare(SDL_Surface& actual, const std::string& name, int shrink) {
    const Surface mine = shrunk(actual, shrink);
    const std::string path = baytime::support::source("tests/golden/lounge/") + name + ".png";
    if (std::getenv("BAYTIME_GOLDEN_UPDATE") != nullptr) {
        write_png(*mine, path);
        return {};
    }
    const std::filesystem::path out = baytime::support::built("golden-differences");
    std::filesystem::create_directories(out);
    const std::string actual_path = (out / (name + "-actual.png")).string();
    if (!std::filesystem::exists(path)) {
        write_png(*mine, actual_path);
        return "there is no golden picture " + path + "; drawn was " + actual_path;
    }
    const Surface golden = read_png(path);
    if (golden->w != mine->w || golden->h != mine->h) {
        write_png(*mine, actual_path);
        return "the size differs from " + path + "; drawn was " + actual_path;
    }
    const Surface shown = make_surface(mine->w, mine->h);
    const double share = difference(*mine, *golden, *shown);
    if (share <= share_tolerance) return {};
    const std::string difference_path = (out / (name + "-difference.png")).string();
    write_png(*mine, actual_path);
    write_png(*shown, difference_path);
    return fmt::format("{:.2f} % of the pixels differ from {}; drawn: {}, difference: {}", 100 * share, path,
                       actual_path, difference_path);
}

}  // namespace baytime::lounge::support
