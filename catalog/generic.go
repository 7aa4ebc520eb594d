package catalog

import (
	"slices"
	"strings"

	"corner/text"
)

// genericWords are words of Latin names that name a trade or a form of company.
var genericWords = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`the a an and of at by de la le el co company ltd limited inc llc corp corporation group international
		restaurant ristorante restaurante restaurace cafe caffe coffee house shop store bar pub bistro kitchen noodle noodles food foods eatery
		canteen bakery cake cakes tea dessert hotel hostel inn guesthouse guest hostal motel apartment apartments salon hair beauty nail nails spa
		massage laundry dry cleaning cleaners pharmacy dispensary drugstore clinic dental dentist hospital medical centre center bank atm branch
		market supermarket minimart mart convenience trading gym fitness yoga studio garage auto car wash service services station petrol gas
		fast seafood grill pizzeria pizza sushi ramen korean japanese chinese thai indian italian park garden playground museum public post office`) {
		m[w] = true
	}
	for _, c := range builtInCategories {
		for r := range text.Runs(text.Fold(c.En)) {
			m[r.Text] = true
		}
	}
	return m
}()

// genericEndings are ends of Chinese names that name a trade or a form of company;
// folded.
var genericEndings = func() map[string]bool {
	list := []string{
		"有限公司", "股份有限公司", "公司", "集团", "餐厅", "餐館", "饭店", "酒家", "酒楼", "酒店", "大酒店", "宾馆", "旅馆", "旅店", "客栈", "公寓", "民宿",
		"茶餐厅", "冰室", "小食店", "食堂", "小馆", "面馆", "面店", "粉面店", "火锅店", "火锅", "咖啡馆", "咖啡店", "咖啡厅", "咖啡", "茶馆", "茶楼", "奶茶店", "奶茶", "甜品店", "甜品",
		"快餐店", "快餐", "面包店", "西饼店", "饼店", "饼家", "酒吧", "超级市场", "超市", "便利店", "商店", "商场", "药房", "药店", "大药房", "诊所", "医院", "牙科诊所", "牙科",
		"理发店", "发廊", "美发店", "美发", "美容院", "美容", "美甲店", "美甲", "按摩", "洗衣店", "干洗店", "洗衣", "干洗", "银行", "分行", "支行", "自动柜员机", "自动取款机",
		"健身房", "健身中心", "健身", "瑜伽馆", "瑜伽", "游泳池", "泳池", "洗车场", "洗车店", "洗车", "修车行", "车行", "加油站", "油站", "地产代理", "地产", "房产中介", "房产",
		"花店", "眼镜店", "眼镜", "公园", "花园", "游乐场", "博物馆", "图书馆", "邮局", "邮政局", "公厕", "公共厕所", "宠物医院", "兽医诊所", "专门店", "专卖店", "旗舰店", "店", "馆", "屋", "坊",
	}
	for _, c := range builtInCategories {
		list = append(list, c.Zh)
	}
	m := map[string]bool{}
	for _, s := range list {
		m[text.Fold(s)] = true
	}
	return m
}()

// longestEnding is the most characters of an ending.
const longestEnding = 6

// withoutGeneric drops the words that name a trade, unless nothing would be left.
func withoutGeneric(words []string) []string {
	core := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return genericWords[w] })
	if len(core) == 0 {
		return words
	}
	return core
}

// trimGeneric drops endings that name a trade, the longest first, while two characters
// or more are left.
func trimGeneric(s string) string {
	runes := []rune(s)
	for n := longestEnding; n > 0; n-- {
		if at := len(runes) - n; at >= 2 && genericEndings[string(runes[at:])] {
			runes, n = runes[:at], longestEnding+1
		}
	}
	return string(runes)
}
