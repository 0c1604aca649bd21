#include "display-drivers/signs/latin_table.hpp"

namespace baytime::signs {

namespace {

// Pinyin where it is the only one of its sound; the letters of the province (GB/T 2260) for the second of a pair:
// 津/晋, 冀/吉, 渝/豫, 桂/贵, 甘/赣, 鄂 because one letter would run into the next.
constexpr Latin provinces[] = {
    {"京", "JING"},  {"津", "JIN"},  {"沪", "HU"},    {"渝", "CQ"},  {"冀", "JI"},   {"豫", "YU"},   {"云", "YUN"},
    {"辽", "LIAO"},  {"黑", "HEI"},  {"湘", "XIANG"}, {"皖", "WAN"}, {"鲁", "LU"},   {"新", "XIN"},  {"苏", "SU"},
    {"浙", "ZHE"},   {"赣", "JX"},   {"鄂", "HB"},    {"桂", "GX"},  {"甘", "GAN"},  {"晋", "SX"},   {"蒙", "MENG"},
    {"陕", "SHAN"},  {"吉", "JL"},   {"闽", "MIN"},   {"贵", "GUI"}, {"粤", "YUE"},  {"青", "QING"}, {"藏", "ZANG"},
    {"川", "CHUAN"}, {"宁", "NING"}, {"琼", "QIONG"}, {"使", "SHI"}, {"领", "LING"}, {"临", "LIN"},
};

constexpr Latin plate_endings[] = {
    {"学", "XUE"},  {"警", "POL"}, {"挂", "GUA"},  {"港", "HK"},   {"澳", "MO"},
    {"领", "LING"}, {"使", "SHI"}, {"超", "CHAO"}, {"试", "TEST"}, {"应急", "EMG"},
};

constexpr Latin words[] = {
    {"工位", "BAY"},
    {"快修", "EXPRESS"},
    {"洗车", "WASH"},
    {"喷漆", "PAINT"},
    {"钣金", "BODY"},
    {"四轮定位", "ALIGN"},
    {"机电", "GENERAL"},
    {"已接车", "RECEIVED"},
    {"已派工", "ASSIGNED"},
    {"维修中", "REPAIR"},
    {"质检中", "CHECK"},
    {"洗车中", "WASHING"},
    {"质检", "CHECK"},
    {"质检返工", "REWORK"},
    {"接车", "RECEIVED"},
    {"派工", "ASSIGNED"},
    {"交车", "READY"},
    {"等待中", "WAITING"},
    {"等待", "WAITING"},
    {"可能超时", "AT RISK"},
    {"已超时", "OVERDUE"},
    {"超时", "OVERDUE"},
    {"能否准时", "ON TIME?"},
    {"准时", "ON TIME"},
    {"请通知客户", "TELL CUSTOMER"},
    {"待客户确认", "ASK CONSENT"},
    {"请联系客户", "CALL CUSTOMER"},
    {"可交车", "READY"},
    {"已交车", "DELIVERED"},
    {"空闲", "FREE"},
    {"还剩", "LEFT"},
    {"剩余", "LEFT"},
    {"剩", "LEFT"},
    {"分店", "BRANCH"},
    {"分公司", "BRANCH"},
    {"分钟", "MIN"},
    {"小时", "H"},
    {"服务站", "SERVICE"},
    {"汽车", "AUTO"},
    {"维修", "REPAIR"},
    {"保养", "SERVICE"},
    {"欢迎光临", "WELCOME"},
    {"欢迎", "WELCOME"},
    {"请稍候", "PLEASE WAIT"},
    {"马上好", "SOON"},
    {"马上", "SOON"},
    {"暂停", "PAUSED"},
    {"等待配件", "WAITING FOR PARTS"},
    {"等待确认", "WAITING FOR YOU"},
    {"中心", "CENTRE"},
    {"公司", "CO"},
};

constexpr Latin signs[] = {
    {"·", "-"},     {"•", "-"},  {"・", "-"},  {"，", ", "},  {"、", ", "}, {"。", "."}, {"：", ": "}, {"；", "; "},
    {"！", "!"},    {"？", "?"}, {"（", " ("}, {"）", ")"},   {"【", "["},  {"】", "]"}, {"《", "\""}, {"》", "\""},
    {"“", "\""},    {"”", "\""}, {"‘", "'"},   {"’", "'"},    {"–", "-"},   {"—", "-"},  {"…", "..."}, {"～", "-"},
    {"　", " "},    {"号", ""},  {"№", "NO "}, {"°", " DEG"}, {"×", "x"},   {"→", "->"}, {"€", "EUR"}, {"¥", "CNY "},
    {"￥", "CNY "}, {"é", "e"},  {"è", "e"},   {"ü", "ue"},   {"ö", "oe"},  {"ä", "ae"}, {"ß", "ss"},  {"分", "m"},
};

constexpr Latin sounds[] = {
    {"东", "DONG"},  {"西", "XI"},    {"南", "NAN"},   {"北", "BEI"},   {"中", "ZHONG"}, {"城", "CHENG"},
    {"市", "SHI"},   {"区", "QU"},    {"县", "XIAN"},  {"镇", "ZHEN"},  {"路", "LU"},    {"街", "JIE"},
    {"店", "DIAN"},  {"站", "ZHAN"},  {"厂", "CHANG"}, {"门", "MEN"},   {"桥", "QIAO"},  {"湖", "HU"},
    {"海", "HAI"},   {"江", "JIANG"}, {"河", "HE"},    {"山", "SHAN"},  {"上", "SHANG"}, {"下", "XIA"},
    {"大", "DA"},    {"小", "XIAO"},  {"老", "LAO"},   {"长", "CHANG"}, {"安", "AN"},    {"平", "PING"},
    {"广", "GUANG"}, {"州", "ZHOU"},  {"深", "SHEN"},  {"圳", "ZHEN"},  {"杭", "HANG"},  {"武", "WU"},
    {"汉", "HAN"},   {"成", "CHENG"}, {"都", "DU"},    {"重", "CHONG"}, {"庆", "QING"},  {"天", "TIAN"},
    {"顺", "SHUN"},  {"达", "DA"},    {"宏", "HONG"},  {"鑫", "XIN"},   {"盛", "SHENG"}, {"华", "HUA"},
    {"丰", "FENG"},  {"田", "TIAN"},  {"本", "BEN"},   {"众", "ZHONG"}, {"奥", "AO"},    {"迪", "DI"},
    {"宝", "BAO"},   {"马", "MA"},    {"奔", "BEN"},   {"驰", "CHI"},   {"比", "BI"},    {"亚", "YA"},
    {"利", "LI"},    {"别", "BIE"},   {"克", "KE"},    {"日", "RI"},    {"产", "CHAN"},  {"现", "XIAN"},
    {"代", "DAI"},   {"起", "QI"},    {"福", "FU"},    {"特", "TE"},    {"斯", "SI"},    {"拉", "LA"},
    {"理", "LI"},    {"想", "XIANG"}, {"蔚", "WEI"},   {"来", "LAI"},   {"鹏", "PENG"},  {"红", "HONG"},
    {"旗", "QI"},    {"哈", "HA"},    {"弗", "FU"},    {"荣", "RONG"},  {"威", "WEI"},   {"名", "MING"},
    {"爵", "JUE"},   {"五", "WU"},    {"菱", "LING"},  {"组", "ZU"},    {"一", "YI"},    {"二", "ER"},
    {"三", "SAN"},   {"四", "SI"},    {"六", "LIU"},   {"七", "QI"},    {"八", "BA"},    {"九", "JIU"},
    {"十", "SHI"},   {"先", "XIAN"},  {"生", "SHENG"}, {"女", "NV"},    {"士", "SHI"},   {"车", "CHE"},
    {"修", "XIU"},   {"服", "FU"},    {"务", "WU"},    {"丽", "LI"},    {"轮", "LUN"},   {"漆", "QI"},
    {"洗", "XI"},    {"快", "KUAI"},  {"学", "XUE"},   {"港", "GANG"},  {"澳", "AO"},    {"警", "JING"},
    {"挂", "GUA"},   {"明", "MING"},  {"金", "JIN"},   {"龙", "LONG"},  {"光", "GUANG"},
};

}  // namespace

const std::span<const Latin> latin_provinces{provinces};
const std::span<const Latin> latin_plate_endings{plate_endings};
const std::span<const Latin> latin_words{words};
const std::span<const Latin> latin_signs{signs};
const std::span<const Latin> latin_sounds{sounds};

}  // namespace baytime::signs
