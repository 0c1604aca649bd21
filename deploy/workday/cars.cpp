#include "deploy/workday/cars.hpp"

#include <string_view>

namespace baytime::workday {
namespace {

// Mostly from here, some from the neighbouring provinces and a few from far away.
const std::vector<std::string> regions{"沪A", "沪B", "沪C", "沪A", "沪D", "沪E", "苏E", "苏A",
                                       "浙A", "浙B", "皖A", "沪F", "苏B", "京N", "粤B", "鲁B"};
const std::vector<std::string> models{"大众 朗逸",       "大众 途观L",   "大众 帕萨特", "大众 途岳", "大众 POLO",
                                      "大众 桑塔纳",     "大众 凌渡",    "大众 途昂",   "大众 威然", "斯柯达 明锐",
                                      "斯柯达 柯迪亚克", "大众 T-Cross", "大众 速腾",   "大众 探岳"};
const std::vector<std::string> electric_models{"大众 ID.3", "大众 ID.4 X", "大众 ID.6 X", "大众 帕萨特 PHEV"};
const std::vector<std::string> surnames{"王", "李", "张", "刘", "陈", "杨", "赵", "黄",   "周",  "吴",
                                        "徐", "孙", "胡", "朱", "高", "林", "何", "欧阳", "上官"};
const std::vector<std::string> given{"建国", "丽华", "志强", "晓燕", "国庆", "婷婷", "海涛", "雪梅", "俊杰", "秀英",
                                     "明",   "芳",   "磊",   "静",   "宇航", "梓涵", "文博", "佳怡", "永康", "玉兰"};
constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";  // no I and O on plates
constexpr std::string_view digits = "0123456789";

char letter(Dice& dice) {
    return letters[dice.roll(letters.size())];
}

char digit(Dice& dice) {
    return digits[dice.roll(digits.size())];
}

// Five places, at most two of them letters.
std::string plain_number(Dice& dice) {
    std::string number;
    for (int i = 0; i < 5; ++i) number += digit(dice);
    if (dice.roll(2) == 0) number[dice.roll(5)] = letter(dice);
    if (dice.roll(3) == 0) number[dice.roll(5)] = letter(dice);
    return number;
}

// New-energy plates have six places: D (battery) or F (hybrid) first, then digits.
std::string electric_number(Dice& dice) {
    std::string number = dice.roll(4) == 0 ? "F" : "D";
    for (int i = 0; i < 5; ++i) number += digit(dice);
    return number;
}

}  // namespace

Car make_car(Dice& dice) {
    Car car{.plate = dice.pick(regions), .electric = dice.roll(5) == 0};
    car.plate += car.electric ? electric_number(dice) : plain_number(dice);
    car.model = dice.pick(car.electric ? electric_models : models);
    return car;
}

std::string make_customer(Dice& dice) {
    const std::string surname = dice.pick(surnames);
    return surname + dice.pick(given) + (dice.roll(2) == 0 ? "先生" : "女士");
}

std::string make_phone(Dice& dice) {
    static const std::vector<std::string> prefixes{"138", "139", "136", "158", "186", "189", "177"};
    std::string phone = dice.pick(prefixes) + "0000";  // no subscriber has such a number
    for (int i = 0; i < 4; ++i) phone += digit(dice);
    return phone;
}

}  // namespace baytime::workday
