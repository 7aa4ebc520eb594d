package catalog

import "strings"

// Attribute is something that a place has or allows, to filter by.
type Attribute struct {
	Key    string
	En, Zh string
}

// Attributes is what a place can have or allow. Keys never change: the list only grows, and
// holds at most MaxAttributes.
var Attributes = []Attribute{
	{"wifi", "Wi-Fi", "无线网络"},
	{"parking", "Parking", "停车位"},
	{"accessible_toilet", "Accessible toilet", "无障碍卫生间"},
	{"toilet", "Toilet for guests", "顾客卫生间"},
	{"air_conditioning", "Air conditioning", "空调"},
	{"heating", "Heating", "暖气"},
	{"outdoor_seating", "Outdoor seating", "户外座位"},
	{"private_room", "Private room", "包间"},
	{"takeaway", "Takeaway", "外带"},
	{"delivery", "Delivery", "外送"},
	{"drive_through", "Drive-through", "汽车穿梭"},
	{"vegetarian", "Vegetarian dishes", "素食"},
	{"vegan", "Vegan dishes", "纯素"},
	{"halal", "Halal", "清真"},
	{"kosher", "Kosher", "犹太洁食"},
	{"alcohol", "Serves alcohol", "供应酒类"},
	{"smoking", "Smoking area", "吸烟区"},
	{"non_smoking", "No smoking", "全面禁烟"},
	{"children", "Good for children", "适合儿童"},
	{"baby_changing", "Baby changing", "母婴台"},
	{"high_chair", "High chairs", "儿童餐椅"},
	{"pets", "Pets welcome", "可带宠物"},
	{"power_sockets", "Power sockets", "充电插座"},
	{"ev_charging", "Car charging", "电动车充电"},
	{"bicycle_parking", "Bicycle parking", "自行车停放"},
	{"shower", "Shower", "淋浴"},
	{"lockers", "Lockers", "储物柜"},
	{"live_music", "Live music", "现场音乐"},
	{"cash", "Takes cash", "收现金"},
	{"cards", "Takes bank cards", "可刷卡"},
	{"alipay", "Takes Alipay", "支付宝"},
	{"wechat_pay", "Takes WeChat Pay", "微信支付"},
	{"octopus", "Takes Octopus", "八达通"},
	{"contactless", "Contactless payment", "非接触支付"},
	{"english_spoken", "English spoken", "可用英语"},
	{"chinese_spoken", "Chinese spoken", "可用中文"},
	{"women_only", "Women only", "女士专用"},
	{"by_appointment", "By appointment", "需预约"},
	{"self_service", "Self-service", "自助"},
}

// MaxAttributes is how many there can be, so that a set of them is a machine word.
const MaxAttributes = 64

var attributeNumbers = func() map[string]int {
	m := make(map[string]int, len(Attributes))
	for i, a := range Attributes {
		m[a.Key] = i
	}
	return m
}()

// AttributeNumber is an attribute's place in Attributes, by its key.
func AttributeNumber(key string) (int, bool) {
	n, ok := attributeNumbers[key]
	return n, ok
}

// Label is the attribute's name in the language, "zh" or anything else for English.
func (a Attribute) Label(language string) string {
	if strings.HasPrefix(language, "zh") {
		return a.Zh
	}
	return a.En
}
