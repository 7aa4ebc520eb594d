package town

var living = []trade{
	{"dry_cleaning", 18, modern, []kind{{"干洗店", "Dry Cleaners", &laundry}, {"洗衣生活馆", "Laundry & Care", &laundry}}, quiet},
	{"laundrette", 14, modern, []kind{{"自助洗衣", "Laundrette", &coinWash}}, quiet},
	{
		"haircut",
		82,
		modern,
		[]kind{{"理发店", "Barber", &hair}, {"美发沙龙", "Hair Salon", &hair}, {"造型", "Hair Studio", &hair}, {"老式理发", "Old-Style Barber", &hair}},
		anywhere,
	},
	{"haircut", 4, modern, []kind{{"上门理发", "Haircuts at Home", &homeHair}}, quiet},
	{"nails", 40, modern, []kind{{"美甲", "Nails", &nails}, {"美甲美睫", "Nails & Lashes", &nails}}, busy},
	{
		"massage",
		44,
		modern,
		[]kind{
			{"推拿", "Tuina Massage", &massage},
			{"足道", "Foot Massage", &massage},
			{"SPA", "Spa", &massage},
			{"盲人按摩", "Blind Massage", &massage},
		},
		anywhere,
	},
	{"hotel", 38, elegant, []kind{{"酒店", "Hotel", &hotel}, {"精品酒店", "Boutique Hotel", &hotel}, {"宾馆", "Inn", &hotel}}, anywhere},
	{
		"guesthouse",
		64,
		elegant,
		[]kind{
			{"民宿", "Guesthouse", &guesthouse},
			{"客栈", "Lodge", &guesthouse},
			{"小院", "Courtyard", &guesthouse},
			{"青年旅舍", "Youth Hostel", &guesthouse},
		},
		busy,
	},
	{"gym", 17, modern, []kind{{"健身", "Gym", &gym}, {"健身工作室", "Fitness Studio", &gym}, {"拳馆", "Boxing Club", &gym}}, anywhere},
	{"yoga", 16, elegant, []kind{{"瑜伽", "Yoga", &yoga}, {"普拉提", "Pilates", &yoga}}, anywhere},
	{"swimming", 6, modern, []kind{{"游泳馆", "Swimming Pool", &swim}}, quiet},
	{"car_wash", 18, modern, []kind{{"洗车", "Car Wash", &carWash}, {"汽车美容", "Car Care", &carWash}}, quiet},
	{"car_wash", 4, modern, []kind{{"上门洗车", "Mobile Car Wash", &homeWash}}, quiet},
	{"car_repair", 20, modern, []kind{{"汽修", "Car Repair", &garage}, {"轮胎店", "Tyres", &garage}}, quiet},
	{"fuel", 7, ordinary, []kind{{"加油站", "Filling Station", &fuel}}, quiet},
	{"estate_agent", 20, modern, []kind{{"房产", "Realty", &homes}, {"租房", "Rentals", &homes}}, anywhere},
	{
		"home_cleaning",
		18,
		modern,
		[]kind{{"家政", "Home Services", &cleaning}, {"保洁", "Cleaning", &cleaning}, {"月嫂家政", "Nannies & Cleaning", &cleaning}},
		quiet,
	},
}

var livingChains = []chain{
	{"清泉洗衣", "Qingquan Laundry", "dry_cleaning", 18, &laundry, anywhere, false},
	{"剪影造型", "Silhouette Hair", "haircut", 10, &hair, busy, false},
	{"枕河酒店", "Pillow River Hotel", "hotel", 8, &hotel, busy, false},
	{"轻羽健身", "Feather Gym", "gym", 7, &gym, anywhere, false},
	{"安居阁房产", "Anjuge Realty", "estate_agent", 11, &homes, anywhere, false},
}

var (
	laundry = menu{"laundry", inShops, 70, []item{
		{"上门取衣时段", "Pick-up at home", 0, 0, 30, 3, 30},
		{"羽绒服干洗", "Down jacket, dry-cleaned", 45, 78, 30, 2, 30},
		{"西装干洗（套）", "Suit, dry-cleaned", 45, 68, 30, 0, 0},
		{"衬衫水洗熨烫", "Shirt, washed and pressed", 12, 20, 20, 0, 0},
		{"窗帘清洗", "Curtains", 60, 118, 60, 0, 0},
		{"运动鞋清洗", "Trainers", 25, 39, 30, 0, 0},
	}}
	coinWash = menu{"laundry", dayNight, 0, []item{
		{"标准洗（8 公斤）", "Wash, 8 kg", 10, 14, 40, 0, 0}, {"大件洗（15 公斤）", "Wash, 15 kg", 18, 24, 50, 0, 0}, {"烘干", "Dryer", 8, 12, 40, 0, 0},
	}}
	hair = menu{
		"hair",
		[]times{
			{often: 3, daily: [][2]int{{930, 2130}}},
			{often: 2, daily: [][2]int{{1000, 2200}}},
			{often: 1, daily: [][2]int{{800, 1830}}, rests: true},
		},
		86,
		[]item{
			{"洗剪吹", "Wash, cut and blow-dry", 38, 128, 60, 3, 30},
			{"男士剪发", "Men's cut", 25, 68, 30, 3, 30},
			{"烫发", "Perm", 298, 680, 180, 2, 60},
			{"染发", "Colouring", 258, 580, 150, 2, 60},
			{"头皮护理", "Scalp care", 98, 198, 45, 0, 0},
			{"儿童剪发", "Children's cut", 25, 45, 30, 0, 0},
		},
	}
	nails = menu{"nails", allDay, 90, []item{
		{"单色美甲", "Gel nails, one colour", 88, 158, 60, 2, 30},
		{"款式美甲", "Nail art", 158, 298, 120, 2, 30},
		{"嫁接睫毛", "Lash extensions", 128, 268, 90, 2, 30},
		{"卸甲", "Removal", 20, 40, 30, 0, 0},
		{"手部护理", "Hand care", 68, 128, 40, 0, 0},
	}}
	massage = menu{
		"massage",
		[]times{{often: 2, daily: [][2]int{{1100, 2500}}}, {often: 2, daily: [][2]int{{1000, 2300}}}, {often: 1, daily: [][2]int{{900, 2100}}}},
		90,
		[]item{
			{"足疗", "Foot massage", 98, 168, 60, 6, 30},
			{"全身推拿", "Full-body tuina", 138, 238, 60, 4, 30},
			{"肩颈按摩", "Neck and shoulders", 78, 128, 40, 3, 20},
			{"艾灸", "Moxibustion", 88, 158, 45, 0, 0},
			{"采耳", "Ear cleaning", 68, 128, 40, 0, 0},
		},
	}
	hotel = menu{"lodging", atInns, 100, []item{
		{"大床房（一晚）", "Double room, one night", 268, 680, 22 * 60, 8, 24 * 60},
		{"双床房（一晚）", "Twin room, one night", 288, 720, 22 * 60, 6, 24 * 60},
		{"钟点房（四小时）", "Day room, four hours", 108, 188, 240, 2, 60},
		{"早餐", "Breakfast", 28, 58, 60, 0, 0},
	}}
	guesthouse = menu{"lodging", atInns, 100, []item{
		{"庭院大床房（一晚）", "Courtyard double, one night", 238, 580, 22 * 60, 2, 24 * 60},
		{"临河房（一晚）", "Canal-side room, one night", 328, 780, 22 * 60, 2, 24 * 60},
		{"早餐", "Breakfast", 25, 48, 60, 0, 0},
		{"汉服租赁", "Hanfu rental", 98, 198, 180, 0, 0},
	}}
	gym = menu{
		"gym",
		[]times{
			{often: 2, daily: [][2]int{{700, 2230}}},
			{often: 1, daily: [][2]int{{900, 2200}}, weekend: [][2]int{{900, 2100}}},
			{often: 1, daily: [][2]int{{0, 2400}}},
		},
		100,
		[]item{
			{"私教课", "Personal training", 218, 380, 60, 2, 60},
			{"动感单车", "Spinning class", 49, 79, 50, 16, 90},
			{"单次体验", "Day pass", 39, 79, 120, 20, 30},
			{"月卡", "Monthly pass", 268, 398, 60, 0, 0},
		},
	}
	yoga = menu{
		"yoga",
		[]times{{often: 2, daily: [][2]int{{900, 2100}}}, {often: 1, daily: [][2]int{{930, 1200}, {1500, 2100}}, rests: true}},
		100,
		[]item{
			{"流瑜伽小班课", "Vinyasa, small group", 68, 128, 60, 8, 90},
			{"私教一对一", "One to one", 298, 480, 60, 1, 60},
			{"体验课", "Trial class", 39, 69, 60, 6, 90},
			{"十次卡", "Ten classes", 580, 980, 60, 0, 0},
		},
	}
	swim = menu{"swim", []times{{often: 1, daily: [][2]int{{630, 930}, {1200, 2100}}}}, 100, []item{
		{"单次游泳", "One swim", 38, 68, 120, 40, 30}, {"游泳私教", "Swimming lesson", 198, 298, 60, 2, 60}, {"泳帽", "Cap", 20, 35, 10, 0, 0},
	}}
	carWash = menu{"car wash", []times{{often: 2, daily: [][2]int{{800, 2000}}}, {often: 1, daily: [][2]int{{830, 1830}}}}, 92, []item{
		{"标准洗车", "Car wash", 25, 45, 30, 2, 30},
		{"精洗", "Wash and interior", 88, 168, 90, 1, 30},
		{"打蜡", "Waxing", 128, 268, 120, 1, 60},
		{"内饰清洗", "Interior cleaning", 198, 358, 180, 0, 0},
	}}
	garage = menu{"garage", atWork, 80, []item{
		{"小保养", "Small service", 268, 480, 60, 2, 30},
		{"更换轮胎", "Tyre change", 298, 680, 60, 2, 30},
		{"检测", "Inspection", 0, 68, 30, 1, 30},
		{"钣金喷漆（每面）", "Bodywork, per panel", 300, 500, 240, 0, 0},
		{"空调清洗", "Air conditioning", 128, 198, 60, 0, 0},
	}}
	fuel = menu{
		"",
		dayNight,
		0,
		[]item{
			{"92 号汽油（升）", "Petrol 92, litre", 7, 8, 5, 0, 0},
			{"95 号汽油（升）", "Petrol 95, litre", 8, 9, 5, 0, 0},
			{"自动洗车", "Automatic wash", 15, 25, 10, 0, 0},
		},
	}
	homes = menu{
		"housing",
		inShops,
		90,
		[]item{
			{
				"预约看房",
				"Viewing",
				0,
				0,
				60,
				2,
				30,
			},
			{"房产咨询", "Advice", 0, 0, 30, 2, 30},
			{"租房代理", "Letting", 500, 2000, 60, 0, 0},
			{"过户代办", "Transfer papers", 800, 1500, 120, 0, 0},
		},
	}
	cleaning = menu{"cleaning", atWork, 90, []item{
		{"日常保洁（两小时）", "Cleaning, two hours", 80, 120, 120, 3, 60},
		{"深度保洁（四小时）", "Deep cleaning, four hours", 198, 358, 240, 2, 60},
		{"擦玻璃", "Windows", 100, 180, 120, 0, 0},
		{"油烟机清洗", "Cooker hood", 98, 168, 90, 0, 0},
		{"上门清洗空调（每台）", "Air conditioner, each", 88, 148, 60, 0, 0},
	}}
	homeHair = menu{"hair", allDay, 100, []item{
		{"上门剪发", "Haircut at your home", 58, 98, 45, 1, 30},
		{"上门洗剪吹", "Wash, cut and blow-dry at your home", 98, 168, 75, 1, 30},
		{"老人理发（上门）", "Haircut for the elderly, at home", 38, 68, 45, 1, 30},
	}}
	homeWash = menu{"car wash", atWork, 100, []item{
		{"上门洗车", "Car wash where you parked", 49, 79, 60, 1, 60},
		{"上门精洗", "Wash and interior where you parked", 168, 268, 120, 1, 60},
	}}
)
