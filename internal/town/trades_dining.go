package town

var dining = []trade{
	{"restaurant", 304, lucky, []kind{
		{"苏帮菜馆", "Suzhou Cuisine", &suzhouFood},
		{"酒家", "Restaurant", &suzhouFood},
		{"私房菜", "Private Kitchen", &suzhouFood},
		{"小馆", "Bistro", &suzhouFood},
		{"川菜馆", "Sichuan Restaurant", &spicyFood},
		{"湘菜馆", "Hunan Restaurant", &spicyFood},
		{"烤鱼", "Grilled Fish", &spicyFood},
		{"农家菜", "Farmhouse Kitchen", &suzhouFood},
		{"大闸蟹馆", "Hairy Crab House", &suzhouFood},
		{"烧烤", "Barbecue", &grill},
		{"海鲜大排档", "Seafood Stall", &grill},
		{"素食", "Vegetarian", &greenFood},
		{"日本料理", "Japanese Dining", &farFood},
		{"韩国烤肉", "Korean Barbecue", &farFood},
		{"西餐厅", "Western Grill", &farFood},
		{"意大利餐厅", "Italian Kitchen", &farFood},
	}, busy},
	{"noodles", 167, folk, []kind{
		{"牛肉面", "Beef Noodles", &beefNoodles},
		{"苏式汤面", "Suzhou Noodle Soup", &suzhouNoodles},
		{"面馆", "Noodle House", &suzhouNoodles},
		{"奥灶面", "Aozao Noodles", &suzhouNoodles},
		{"刀削面", "Knife-Cut Noodles", &beefNoodles},
		{"重庆小面", "Chongqing Noodles", &beefNoodles},
		{"兰州拉面", "Lanzhou Hand-Pulled Noodles", &beefNoodles},
		{"爆鱼面", "Fried Fish Noodles", &suzhouNoodles},
		{"馄饨面店", "Wontons & Noodles", &suzhouNoodles},
	}, anywhere},
	{
		"hotpot",
		52,
		folk,
		[]kind{
			{"重庆火锅", "Chongqing Hot Pot", &hotPot},
			{"铜锅涮肉", "Copper Pot Lamb", &hotPot},
			{"潮汕牛肉锅", "Chaoshan Beef Hot Pot", &hotPot},
			{"羊肉锅", "Lamb Hot Pot", &hotPot},
		},
		busy,
	},
	{
		"teahouse",
		80,
		elegant,
		[]kind{{"茶馆", "Teahouse", &tea}, {"茶楼", "Tea House", &tea}, {"茶社", "Tea Club", &tea}, {"书茶馆", "Pingtan Teahouse", &tea}},
		busy,
	},
	{
		"cafe",
		80,
		elegant,
		[]kind{{"咖啡", "Coffee", &coffee}, {"咖啡馆", "Café", &coffee}, {"咖啡烘焙", "Coffee Roasters", &coffee}, {"书店咖啡", "Books & Coffee", &coffee}},
		busy,
	},
	{"tea_drinks", 68, modern, []kind{{"奶茶", "Milk Tea", &milkTea}, {"鲜茶", "Fresh Tea", &milkTea}, {"糖水铺", "Sweet Soups", &milkTea}}, busy},
	{
		"fast_food",
		53,
		folk,
		[]kind{
			{"生煎", "Pan-Fried Buns", &snacks},
			{"汤包", "Soup Dumplings", &snacks},
			{"盖浇饭", "Rice Bowls", &snacks},
			{"麻辣烫", "Malatang", &snacks},
			{"炸鸡", "Fried Chicken", &snacks},
			{"早餐店", "Breakfast", &snacks},
		},
		anywhere,
	},
	{
		"bakery",
		50,
		modern,
		[]kind{{"烘焙", "Bakery", &bread}, {"面包房", "Bread House", &bread}, {"糕团店", "Rice Cakes", &bread}, {"蛋糕", "Cakes", &bread}},
		busy,
	},
	{
		"bar",
		64,
		nightly,
		[]kind{
			{"酒吧", "Bar", &drinks},
			{"精酿", "Craft Beer", &drinks},
			{"清吧", "Lounge", &drinks},
			{"爵士酒吧", "Jazz Bar", &drinks},
			{"居酒屋", "Izakaya", &drinks},
		},
		busy,
	},
}

var diningChains = []chain{
	{"南枝鲜茶", "Nanzhi Fresh Tea", "tea_drinks", 16, &milkTea, busy, false},
	{"橘子汽水铺", "Orange Soda Shop", "tea_drinks", 11, &milkTea, busy, false},
	{"青石咖啡", "Bluestone Coffee", "cafe", 11, &coffee, busy, false},
	{"麦田里面包", "Wheatfield Bakery", "bakery", 10, &bread, anywhere, false},
	{"大碗先生", "Mr Big Bowl", "fast_food", 9, &snacks, anywhere, false},
	{"脆皮小鸡", "Crispy Chick", "fast_food", 6, &snacks, busy, false},
	{"蜀锦火锅", "Shujin Hot Pot", "hotpot", 8, &hotPot, busy, false},
	{"水巷人家", "Canal Family Kitchen", "restaurant", 12, &suzhouFood, busy, true},
	{"肯德基", "KFC", "fast_food", 4, &listed, busy, false},
	{"麦当劳", "McDonald's", "fast_food", 3, &listed, busy, false},
	{"星巴克", "Starbucks", "cafe", 4, &listed, busy, false},
	{"辣子同学", "Classmate Chilli", "restaurant", 10, &spicyFood, busy, false},
}

var (
	table      = item{"订座", "Table reservation", 0, 0, 90, 24, 30}
	quickTable = item{"订座", "Table reservation", 0, 0, 45, 16, 15}

	suzhouFood = menu{"suzhou", atMeals, 68, []item{
		table,
		{"双人套餐", "Set menu for two, per person", 88, 168, 90, 12, 30},
		{"包间", "Private room, per person", 150, 300, 120, 12, 60},
		{"松鼠桂鱼", "Squirrel mandarin fish", 128, 238, 40, 0, 0},
		{"清炒河虾仁", "Stir-fried river shrimps", 88, 158, 30, 0, 0},
		{"响油鳝糊", "Eel in hot oil", 68, 98, 30, 0, 0},
		{"樱桃肉", "Cherry pork", 58, 88, 30, 0, 0},
		{"酱汁肉", "Pork in red sauce", 48, 78, 30, 0, 0},
		{"莼菜银鱼羹", "Water shield and whitebait soup", 42, 68, 25, 0, 0},
		{"鸡头米", "Fox nuts in syrup", 38, 68, 20, 0, 0},
	}}
	spicyFood = menu{"spicy", atMeals, 55, []item{
		table,
		{"四人套餐", "Set menu for four, per person", 58, 98, 90, 16, 30},
		{"水煮鱼", "Fish in chilli oil", 68, 118, 35, 0, 0},
		{"麻婆豆腐", "Mapo tofu", 18, 32, 20, 0, 0},
		{"剁椒鱼头", "Fish head with chillies", 78, 128, 40, 0, 0},
		{"辣子鸡", "Chicken with chillies", 48, 78, 30, 0, 0},
		{"小炒黄牛肉", "Stir-fried beef", 58, 88, 25, 0, 0},
		{"酸辣土豆丝", "Hot and sour potato", 16, 26, 20, 0, 0},
	}}
	greenFood = menu{"vegetarian", atMeals, 60, []item{
		table,
		{"时令素斋套餐", "Seasonal set menu, per person", 68, 128, 90, 12, 30},
		{"素火腿", "Tofu ham", 28, 42, 20, 0, 0},
		{"罗汉斋", "Buddha's delight", 38, 58, 25, 0, 0},
		{"香菇菜包", "Mushroom and greens buns", 12, 20, 15, 0, 0},
		{"莼菜豆腐羹", "Water shield and tofu soup", 32, 48, 20, 0, 0},
	}}
	farFood = menu{"abroad", atMeals, 80, []item{
		table,
		{"主厨套餐", "Chef's menu, per person", 198, 480, 120, 10, 60},
		{"商务午餐", "Lunch set", 58, 98, 60, 0, 0},
		{"儿童套餐", "Children's menu", 38, 58, 60, 0, 0},
		{"双人晚餐", "Dinner for two", 238, 420, 90, 0, 0},
		{"甜品", "Dessert", 28, 48, 20, 0, 0},
	}}
	grill = menu{"grill", tillLate, 45, []item{
		table,
		{"羊肉串（十串）", "Ten lamb skewers", 35, 60, 20, 0, 0},
		{"烤生蚝", "Grilled oysters", 38, 68, 20, 0, 0},
		{"烤茄子", "Grilled aubergine", 15, 25, 20, 0, 0},
		{"小龙虾", "Crayfish", 98, 168, 40, 0, 0},
		{"烤鱼", "Grilled fish", 88, 138, 45, 0, 0},
		{"精酿啤酒", "Craft beer", 25, 45, 10, 0, 0},
	}}
	beefNoodles = menu{
		"beef noodles",
		[]times{
			{often: 3, daily: [][2]int{{630, 1400}, {1630, 2030}}},
			{often: 2, daily: [][2]int{{600, 2200}}},
			{often: 1, daily: [][2]int{{1030, 2630}}},
		},
		42,
		[]item{
			quickTable,
			{"招牌牛肉面", "Signature beef noodles", 22, 38, 25, 0, 0},
			{"红烧牛肉面", "Braised beef noodles", 24, 36, 25, 0, 0},
			{"牛杂面", "Beef offal noodles", 20, 32, 25, 0, 0},
			{"小面", "Chilli noodles", 12, 18, 20, 0, 0},
			{"凉拌牛肉", "Cold beef", 28, 48, 15, 0, 0},
			{"卤蛋", "Braised egg", 3, 4, 10, 0, 0},
			{"酸梅汤", "Sour plum drink", 6, 12, 10, 0, 0},
		},
	}
	suzhouNoodles = menu{
		"suzhou noodles",
		[]times{
			{often: 4, daily: [][2]int{{600, 1330}}},
			{often: 3, daily: [][2]int{{630, 1400}, {1630, 1930}}},
			{often: 1, daily: [][2]int{{600, 1400}}, rests: true},
		},
		38,
		[]item{
			quickTable,
			{"焖肉面", "Noodles with stewed pork", 16, 26, 25, 0, 0},
			{"爆鱼面", "Noodles with fried fish", 18, 28, 25, 0, 0},
			{"三虾面", "Three-shrimp noodles", 88, 148, 30, 0, 0},
			{"鳝糊面", "Noodles with eel", 32, 48, 25, 0, 0},
			{"葱油拌面", "Scallion oil noodles", 12, 18, 20, 0, 0},
			{"虾仁面", "Shrimp noodles", 36, 58, 25, 0, 0},
			{"泡泡小馄饨", "Little wontons", 10, 16, 15, 0, 0},
		},
	}
	hotPot = menu{
		"hotpot",
		[]times{
			{often: 3, daily: [][2]int{{1100, 1400}, {1700, 2500}}},
			{often: 2, daily: [][2]int{{1030, 2600}}},
			{often: 1, daily: [][2]int{{1600, 2400}}},
		},
		85,
		[]item{
			{"订座", "Table reservation", 0, 0, 120, 32, 30},
			{"双人锅套餐", "Hot pot for two, per person", 79, 138, 120, 16, 30},
			{"鸳鸯锅底", "Two-flavour broth", 48, 88, 90, 0, 0},
			{"毛肚", "Tripe", 42, 68, 15, 0, 0},
			{"手切羊肉", "Hand-cut lamb", 48, 78, 15, 0, 0},
			{"吊龙牛肉", "Sirloin", 52, 88, 15, 0, 0},
			{"蔬菜拼盘", "Vegetable platter", 28, 42, 15, 0, 0},
		},
	}
	tea = menu{
		"teahouse",
		[]times{
			{often: 3, daily: [][2]int{{930, 2200}}},
			{often: 2, daily: [][2]int{{1300, 2300}}},
			{often: 1, daily: [][2]int{{900, 1730}}},
			{often: 1, daily: [][2]int{{1000, 2130}}, rests: true},
		},
		88,
		[]item{
			{"茶位", "Seat with tea", 48, 98, 120, 16, 30},
			{"评弹听书", "Pingtan performance", 68, 128, 90, 20, 180},
			{"包厢品茶", "Private tea room, per person", 98, 198, 180, 6, 60},
			{"碧螺春", "Biluochun tea", 58, 128, 60, 0, 0},
			{"茉莉花茶", "Jasmine tea", 38, 68, 60, 0, 0},
			{"茶点拼盘", "Tea snacks", 38, 68, 30, 0, 0},
			{"桂花糖藕", "Lotus root with osmanthus", 22, 36, 20, 0, 0},
		},
	}
	coffee = menu{
		"cafe",
		[]times{
			{often: 3, daily: [][2]int{{900, 2100}}},
			{often: 2, daily: [][2]int{{1000, 1900}}, weekend: [][2]int{{930, 2100}}},
			{often: 1, daily: [][2]int{{800, 1800}}},
			{often: 1, daily: [][2]int{{1000, 1830}}, rests: true},
		},
		30,
		[]item{
			{"靠窗座位", "Window seat", 0, 0, 90, 6, 30},
			{"手冲体验课", "Pour-over class", 168, 268, 90, 6, 120},
			{"美式", "Americano", 18, 26, 10, 0, 0},
			{"拿铁", "Latte", 25, 36, 10, 0, 0},
			{"桂花拿铁", "Osmanthus latte", 28, 38, 10, 0, 0},
			{"手冲单品", "Single-origin pour-over", 38, 68, 15, 0, 0},
			{"巴斯克蛋糕", "Basque cheesecake", 32, 42, 10, 0, 0},
		},
	}
	milkTea = menu{"milktea", allDay, 0, []item{
		{"珍珠奶茶", "Pearl milk tea", 12, 18, 10, 0, 0},
		{"桂花乌龙", "Osmanthus oolong", 14, 20, 10, 0, 0},
		{"杨枝甘露", "Mango pomelo sago", 18, 26, 10, 0, 0},
		{"柠檬茶", "Lemon tea", 10, 18, 10, 0, 0},
		{"茉莉奶绿", "Jasmine milk green tea", 13, 19, 10, 0, 0},
		{"芋泥波波", "Taro pearls", 16, 22, 10, 0, 0},
	}}
	snacks = menu{
		"snacks",
		[]times{{often: 3, daily: [][2]int{{600, 1930}}}, {often: 2, daily: [][2]int{{1000, 2200}}}, {often: 1, daily: [][2]int{{530, 1300}}}},
		0,
		[]item{
			{"生煎（四只）", "Four pan-fried buns", 10, 16, 15, 0, 0},
			{"鲜肉小笼", "Pork soup dumplings", 16, 28, 20, 0, 0},
			{"豆浆油条", "Soy milk and fried dough", 8, 12, 10, 0, 0},
			{"红烧肉饭", "Braised pork rice", 22, 32, 15, 0, 0},
			{"鸡排饭", "Chicken rice", 20, 30, 15, 0, 0},
			{"泡泡馄饨", "Wontons", 10, 16, 10, 0, 0},
		},
	}
	bread = menu{
		"bakery",
		[]times{
			{often: 2, daily: [][2]int{{800, 2100}}},
			{often: 2, daily: [][2]int{{700, 2000}}},
			{often: 1, daily: [][2]int{{900, 2000}}, rests: true},
		},
		15,
		[]item{
			{"生日蛋糕预订", "Birthday cake, pick-up", 168, 328, 30, 4, 60},
			{"海棠糕", "Begonia cake", 5, 8, 10, 0, 0},
			{"鲜肉月饼", "Pork mooncake", 5, 8, 10, 0, 0},
			{"可颂", "Croissant", 12, 18, 10, 0, 0},
			{"吐司", "Toast loaf", 16, 28, 10, 0, 0},
			{"青团", "Green rice balls", 4, 8, 10, 0, 0},
			{"桂花糕", "Osmanthus cake", 12, 22, 10, 0, 0},
		},
	}
	drinks = menu{
		"bar",
		[]times{
			{often: 3, daily: [][2]int{{1900, 2600}}},
			{often: 2, daily: [][2]int{{1800, 2500}}, weekend: [][2]int{{1800, 2700}}},
			{often: 1, daily: [][2]int{{2000, 2800}}, rests: true},
		},
		62,
		[]item{
			{"订座", "Table reservation", 0, 0, 120, 16, 30},
			{"卡座低消", "Booth, per person", 128, 198, 180, 12, 60},
			{"精酿啤酒", "Craft beer", 35, 58, 20, 0, 0},
			{"经典鸡尾酒", "Classic cocktail", 68, 98, 20, 0, 0},
			{"黄酒特调", "Rice wine cocktail", 58, 88, 20, 0, 0},
			{"威士忌", "Whisky", 78, 168, 20, 0, 0},
			{"下酒小食", "Bar snacks", 28, 48, 20, 0, 0},
		},
	}
)
