// Cars and customers as a shop in the Yangtze delta sees them. All made up; the same dice give the same cars.
#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace baytime::workday {

/// Seeded dice whose rolls are the same with every compiler.
class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    /// 0 ... sides-1
    std::size_t roll(std::size_t sides) { return engine_() % sides; }
    int between(int least, int most) {
        return least + static_cast<int>(roll(static_cast<std::size_t>(most - least + 1)));
    }
    template <class T>
    const T& pick(const std::vector<T>& from) {
        return from[roll(from.size())];
    }
    template <class T>
    void shuffle(std::vector<T>& list) {
        for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[roll(i)]);
    }

private:
    std::mt19937 engine_;
};

struct Car {
    std::string plate{}, model{};
    bool electric = false;
};

Car make_car(Dice& dice);
std::string make_customer(Dice& dice);
std::string make_phone(Dice& dice);

}  // namespace baytime::workday
