package town

import (
	"slices"

	"corner/catalog"
	"corner/money"
)

// dish is one line of a long menu; its price is in yuan.
type dish struct {
	zh, en string
	yuan   int
	note   string // what a waiter would say; "" for what needs no words
}

// course is a heading of a menu and what stands under it.
type course struct {
	heading string
	dishes  []dish
}

// carte puts a long menu behind what can be booked, in place of the few dishes there. A
// house that is nobody's branch leaves some out and has prices of its own.
func (b *builder) carte(l *catalog.Listing, branch bool) {
	l.Offers = slices.DeleteFunc(l.Offers, func(o catalog.Offer) bool { return !o.Bookable })
	dearer := 0
	if !branch {
		dearer = b.looks.IntN(7)
	}
	position := 0
	for _, c := range canalKitchen {
		for _, d := range c.dishes {
			position += 10
			if !branch && b.looks.IntN(100) < 4 {
				continue
			}
			l.Offers = append(l.Offers, catalog.Offer{
				Name: d.zh + " " + d.en, Description: d.note, Section: c.heading, Position: position,
				Price: money.Of(int64(d.yuan+d.yuan*dearer/20)*100, "CNY"),
			})
		}
	}
}

// canalKitchen is what a house of Suzhou's cuisine cooks over the year.
var canalKitchen = []course{
	{"冷菜 Cold dishes", []dish{
		{"苏式熏鱼", "Smoked fish, Suzhou style", 48, "青鱼炸后浸卤，甜中带咸。Fried grass carp in a sweet brine."},
		{"糖醋小排", "Sweet and sour ribs", 46, ""},
		{"四喜烤麸", "Braised gluten with four delights", 28, "木耳、金针、香菇、花生。Wood ear, lilies, mushrooms, peanuts."},
		{"桂花糖藕", "Lotus root with osmanthus", 26, "糯米填藕，慢煮三小时。Filled with sticky rice, simmered for three hours."},
		{"马兰头香干", "Kalimeris and dried tofu", 24, "春天的野菜。A wild green of spring."},
		{"白斩鸡", "Poached chicken", 58, ""},
		{"酒酿糟毛豆", "Green soy beans in lees", 18, ""},
		{"盐水鸭", "Salted duck", 52, ""},
		{"萝卜丝拌海蜇", "Jellyfish and radish", 36, ""},
	}},
	{"河鲜 From lake and river", []dish{
		{"松鼠桂鱼", "Squirrel mandarin fish", 188, "苏州第一名菜，需三十分钟。The dish of the town; takes half an hour."},
		{"清炒河虾仁", "Stir-fried river shrimps", 118, "当天手剥。Peeled by hand the same day."},
		{"响油鳝糊", "Eel in hot oil", 88, "上桌时热油还在响。Still sizzling at the table."},
		{"清蒸白鱼", "Steamed white fish", 98, "太湖三白之一。One of the three whites of Lake Tai."},
		{"银鱼炒蛋", "Whitebait omelette", 48, ""},
		{"盐水白虾", "White shrimps in brine", 78, ""},
		{"红烧划水", "Braised fish tails", 68, ""},
		{"雪菜黄鱼", "Yellow croaker with pickled greens", 108, ""},
		{"清蒸大闸蟹（只）", "Hairy crab, each", 68, "九月至十二月。September to December."},
	}},
	{"热菜 Hot dishes", []dish{
		{"樱桃肉", "Cherry pork", 78, "红曲上色，入口即化。Red with fermented rice; melts on the tongue."},
		{"酱方", "Pork belly in soy, a whole square", 98, "需提前一天预订。Order a day ahead."},
		{"母油船鸭", "Boatman's duck", 168, "整鸭去骨，文火四小时。Boned and braised for four hours."},
		{"蟹粉豆腐", "Tofu with crab meat", 68, ""},
		{"腌笃鲜", "Salted pork and bamboo shoots", 88, "春笋、咸肉、鲜肉。Spring bamboo, pork salted and fresh."},
		{"东坡肉", "Dongpo pork", 38, ""},
		{"碧螺虾仁", "Shrimps with Biluochun tea", 128, ""},
		{"八宝葫芦鸭", "Duck filled with eight treasures", 198, "需提前一天预订。Order a day ahead."},
		{"狮子头", "Lion's head meatball", 32, ""},
	}},
	{"时蔬 Greens", []dish{
		{"清炒鸡头米", "Fox nuts with lily bulb", 68, "八月至十月。August to October."},
		{"荷塘小炒", "Lotus pond stir-fry", 42, ""},
		{"上汤水芹", "Water celery in broth", 36, ""},
		{"草头圈子", "Clover and chitterlings", 58, ""},
		{"扁尖丝瓜", "Luffa with dried bamboo", 32, ""},
		{"香菇青菜", "Greens with mushrooms", 26, ""},
	}},
	{"汤羹 Soups", []dish{
		{"莼菜银鱼羹", "Water shield and whitebait soup", 58, ""},
		{"三虾豆腐羹", "Three-shrimp tofu soup", 68, ""},
		{"鲃肺汤", "Puffer liver soup", 88, "一年只有一个月。One month of the year."},
		{"老鸭扁尖汤", "Old duck and bamboo soup", 98, ""},
	}},
	{"点心 Dumplings, rice and sweets", []dish{
		{"蟹粉小笼（四只）", "Crab soup dumplings, four", 48, ""},
		{"虾仁烧卖（四只）", "Shrimp shaomai, four", 32, ""},
		{"葱油拌面", "Scallion oil noodles", 18, ""},
		{"咸肉菜饭", "Rice with salted pork and greens", 16, ""},
		{"枣泥拉糕", "Jujube cake", 26, ""},
		{"鸡头米糖水", "Fox nuts in syrup", 38, ""},
		{"酒酿圆子", "Rice balls in sweet lees", 18, ""},
		{"海棠糕", "Begonia cake", 8, ""},
	}},
	{"酒水 Drinks", []dish{
		{"东山碧螺春（壶）", "Biluochun tea, a pot", 68, ""},
		{"八年花雕（壶）", "Rice wine of eight years, a pot", 58, "可加姜丝话梅温热。Served warm, with ginger and plum."},
		{"酸梅汤（扎）", "Sour plum drink, a jug", 32, ""},
	}},
}
