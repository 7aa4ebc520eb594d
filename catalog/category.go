package catalog

import "strings"

// Category is one branch of the tree of what places are. Keys are stable and
// unique over the whole tree, so a sub-category is named without its parents.
type Category struct {
	Key    string
	Parent string // "" at the top
	En, Zh string
}

// Label is the category's name in the language, "zh" or anything else for English.
func (c Category) Label(language string) string {
	if strings.HasPrefix(language, "zh") {
		return c.Zh
	}
	return c.En
}

// builtInCategories are those of every server, parents before children. The first eight at the top are
// the founding proposal's; the others are there because real directories hold
// such places.
var builtInCategories = []Category{
	{"dining", "", "Dining", "用餐"},
	{"laundry", "", "Laundry", "洗衣"},
	{"beauty", "", "Hair and beauty", "美发"},
	{"lodging", "", "Lodging", "住宿"},
	{"public", "", "Public services", "公共服务"},
	{"fitness", "", "Fitness", "健身"},
	{"car", "", "Car services", "汽车服务"},
	{"housing", "", "Housing services", "房产服务"},
	{"shopping", "", "Shopping", "购物"},
	{"leisure", "", "Leisure", "休闲"},
	{"health", "", "Health", "健康"},
	{"other", "", "Other", "其他"},

	{"restaurant", "dining", "Restaurant", "餐厅"},
	{"noodles", "dining", "Noodles", "面馆"},
	{"hotpot", "dining", "Hot pot", "火锅"},
	{"teahouse", "dining", "Teahouse", "茶馆"},
	{"cafe", "dining", "Café", "咖啡馆"},
	{"tea_drinks", "dining", "Milk tea", "奶茶"},
	{"fast_food", "dining", "Fast food", "快餐"},
	{"bakery", "dining", "Bakery", "面包店"},
	{"bar", "dining", "Bar", "酒吧"},

	{"dry_cleaning", "laundry", "Dry cleaning", "干洗"},
	{"laundrette", "laundry", "Laundrette", "自助洗衣"},
	{"haircut", "beauty", "Hairdresser", "理发"},
	{"nails", "beauty", "Nail salon", "美甲"},
	{"massage", "beauty", "Massage", "按摩"},
	{"hotel", "lodging", "Hotel", "酒店"},
	{"guesthouse", "lodging", "Guesthouse", "民宿"},

	{"bank", "public", "Bank", "银行"},
	{"atm", "public", "Cash machine", "自动取款机"},
	{"post_office", "public", "Post office", "邮局"},
	{"toilets", "public", "Public toilets", "公共厕所"},

	{"gym", "fitness", "Gym", "健身房"},
	{"yoga", "fitness", "Yoga", "瑜伽"},
	{"swimming", "fitness", "Swimming", "游泳"},
	{"car_wash", "car", "Car wash", "洗车"},
	{"car_repair", "car", "Car repair", "修车"},
	{"fuel", "car", "Filling station", "加油站"},
	{"estate_agent", "housing", "Estate agent", "房产中介"},
	{"home_cleaning", "housing", "Home cleaning", "家政保洁"},

	{"convenience", "shopping", "Convenience store", "便利店"},
	{"supermarket", "shopping", "Supermarket", "超市"},
	{"florist", "shopping", "Florist", "花店"},
	{"optician", "shopping", "Optician", "眼镜店"},
	{"park", "leisure", "Park", "公园"},
	{"museum", "leisure", "Museum", "博物馆"},
	{"pharmacy", "health", "Pharmacy", "药房"},
	{"dentist", "health", "Dentist", "牙科"},
	{"hospital", "health", "Hospital", "医院"},
	{"pet_care", "health", "Pet care", "宠物医院"},
}
