package town

var common = []trade{
	{"post_office", 9, ordinary, []kind{{"邮政所", "Post Office", &counterHours}}, anywhere},
	{"toilets", 30, ordinary, []kind{{"公共厕所", "Public Toilets", &toilets}}, anywhere},
	{
		"convenience",
		58,
		modern,
		[]kind{{"便利店", "Convenience Store", &convenience}, {"烟酒店", "Tobacco & Wine", &convenience}, {"小卖部", "Corner Shop", &convenience}},
		anywhere,
	},
	{"supermarket", 18, modern, []kind{{"超市", "Supermarket", &groceries}, {"生鲜", "Fresh Market", &groceries}}, quiet},
	{"florist", 26, elegant, []kind{{"花店", "Florist", &flowers}, {"花艺", "Flower Studio", &flowers}}, anywhere},
	{"optician", 22, modern, []kind{{"眼镜", "Opticians", &glasses}}, busy},
	{
		"shopping",
		70,
		elegant,
		[]kind{
			{"丝绸", "Silk", &gifts},
			{"苏绣", "Suzhou Embroidery", &gifts},
			{"文创", "Gifts", &gifts},
			{"书店", "Bookshop", &gifts},
			{"扇子铺", "Fans", &gifts},
			{"旗袍", "Qipao", &gifts},
			{"古玩", "Antiques", &gifts},
		},
		busy,
	},
	{"park", 12, elegant, []kind{{"公园", "Park", &park}, {"口袋公园", "Pocket Park", &park}}, quiet},
	{
		"museum",
		10,
		elegant,
		[]kind{{"艺术馆", "Art Museum", &museum}, {"纪念馆", "Memorial Hall", &museum}, {"刺绣博物馆", "Embroidery Museum", &museum}},
		anywhere,
	},
	{
		"leisure",
		34,
		modern,
		[]kind{
			{"KTV", "Karaoke", &play},
			{"桌游", "Board Games", &play},
			{"密室逃脱", "Escape Room", &play},
			{"棋牌室", "Mahjong Parlour", &play},
			{"汉服体验馆", "Hanfu Photo Studio", &play},
		},
		busy,
	},
	{"pharmacy", 24, modern, []kind{{"药房", "Pharmacy", &drugs}, {"国药号", "Traditional Pharmacy", &drugs}}, anywhere},
	{"dentist", 20, modern, []kind{{"口腔", "Dental", &dentist}, {"牙科诊所", "Dental Clinic", &dentist}}, anywhere},
	{"hospital", 5, ordinary, []kind{{"社区医院", "Community Hospital", &clinic}}, quiet},
	{"pet_care", 14, modern, []kind{{"宠物医院", "Animal Hospital", &pets}, {"宠物生活馆", "Pet Care", &pets}}, anywhere},
	{
		"other",
		10,
		modern,
		[]kind{{"图文快印", "Print Shop", &prints}, {"开锁配钥匙", "Locksmith", &prints}, {"手机维修", "Phone Repair", &prints}},
		anywhere,
	},
}

var commonChains = []chain{
	{"运河银行", "Canal Bank", "bank", 16, &counterHours, anywhere, false},
	{"水城银行", "Water City Bank", "bank", 12, &counterHours, anywhere, false},
	{"梧桐银行", "Wutong Bank", "bank", 8, &counterHours, anywhere, false},
	{"运河银行自动取款机", "Canal Bank ATM", "atm", 15, &cash, anywhere, false},
	{"水城银行自动取款机", "Water City Bank ATM", "atm", 10, &cash, anywhere, false},
	{"小橘便利", "Little Tangerine", "convenience", 26, &convenience, anywhere, false},
	{"八点便利", "Eight O'Clock", "convenience", 14, &convenience, anywhere, false},
	{"全家", "FamilyMart", "convenience", 4, &listed, anywhere, false},
	{"菜篮子超市", "Basket Supermarket", "supermarket", 8, &groceries, anywhere, false},
	{"百草堂大药房", "Baicaotang Pharmacy", "pharmacy", 18, &drugs, anywhere, false},
}

var (
	counterHours = menu{"", inOffices, 0, nil}
	cash         = menu{"", dayNight, 0, nil}
	listed       = menu{
		"",
		[]times{{often: 3, daily: [][2]int{{700, 2300}}}, {often: 1, daily: [][2]int{{0, 2400}}}},
		0,
		nil,
	} // what is sold there is not ours to make up
	toilets     = menu{"", dayNight, 0, nil}
	park        = menu{"", []times{{often: 2, daily: [][2]int{{0, 2400}}}, {often: 1, daily: [][2]int{{600, 2100}}}}, 0, nil}
	convenience = menu{
		"",
		[]times{{often: 3, daily: [][2]int{{0, 2400}}}, {often: 2, daily: [][2]int{{700, 2300}}}},
		0,
		[]item{
			{
				"关东煮",
				"Oden",
				8,
				15,
				5,
				0,
				0,
			},
			{"饭团", "Rice ball", 5, 9, 5, 0, 0},
			{"现磨咖啡", "Coffee", 9, 15, 5, 0, 0},
			{"快递代收", "Parcel pick-up", 0, 0, 5, 0, 0},
		},
	}
	groceries = menu{
		"",
		[]times{{often: 2, daily: [][2]int{{730, 2130}}}, {often: 1, daily: [][2]int{{600, 2000}}}},
		0,
		[]item{
			{
				"送货上门",
				"Home delivery",
				0,
				5,
				60,
				0,
				0,
			},
			{"太湖三白礼盒", "Lake Tai fish box", 128, 268, 10, 0, 0},
			{"当季水果篮", "Fruit basket", 88, 168, 10, 0, 0},
		},
	}
	flowers = menu{
		"flowers",
		[]times{{often: 2, daily: [][2]int{{900, 2000}}}, {often: 1, daily: [][2]int{{1000, 1900}}, rests: true}},
		60,
		[]item{
			{"插花体验课", "Flower class", 168, 298, 90, 6, 120},
			{"鲜花花束", "Bouquet", 98, 268, 20, 0, 0},
			{"桌花", "Table flowers", 68, 168, 20, 0, 0},
			{"每周一花", "Flowers every week", 198, 328, 10, 0, 0},
		},
	}
	glasses = menu{
		"eyes",
		inShops,
		85,
		[]item{
			{
				"验光",
				"Eye test",
				0,
				68,
				30,
				1,
				30,
			},
			{"配镜套餐", "Glasses, complete", 298, 880, 45, 1, 30},
			{"镜片更换", "New lenses", 168, 480, 30, 0, 0},
			{"隐形眼镜", "Contact lenses", 88, 268, 15, 0, 0},
		},
	}
	gifts = menu{
		"crafts",
		[]times{
			{often: 3, daily: [][2]int{{930, 2100}}},
			{often: 2, daily: [][2]int{{1000, 1930}}},
			{often: 1, daily: [][2]int{{1000, 1800}}, rests: true},
		},
		18,
		[]item{
			{"手工体验课", "Craft workshop", 98, 268, 90, 8, 120},
			{"丝绸围巾", "Silk scarf", 128, 398, 10, 0, 0},
			{"双面绣团扇", "Embroidered fan", 168, 680, 10, 0, 0},
			{"明信片", "Postcards", 15, 38, 5, 0, 0},
			{"旗袍定制", "Tailored qipao", 880, 2800, 60, 0, 0},
			{"桃花坞年画", "Taohuawu print", 68, 268, 10, 0, 0},
		},
	}
	museum = menu{
		"museum",
		[]times{{often: 3, daily: [][2]int{{900, 1700}}, closed: []int{0}}, {often: 1, daily: [][2]int{{930, 1630}}}},
		100,
		[]item{
			{"预约参观", "Timed entry", 0, 30, 60, 40, 30}, {"讲解", "Guided tour", 50, 120, 60, 10, 60}, {"文创纪念册", "Catalogue", 38, 88, 5, 0, 0},
		},
	}
	play = menu{
		"play",
		[]times{
			{often: 2, daily: [][2]int{{1300, 2600}}},
			{often: 2, daily: [][2]int{{1000, 2200}}},
			{often: 1, daily: [][2]int{{1200, 2400}}, weekend: [][2]int{{1000, 2600}}},
		},
		90,
		[]item{
			{
				"两小时欢乐场",
				"Two hours, per person",
				58,
				128,
				120,
				16,
				60,
			},
			{"包场", "The whole room, per person", 88, 168, 180, 10, 60},
			{"饮料畅饮", "Drinks", 28, 48, 60, 0, 0},
			{"摄影套餐", "Photographs", 198, 480, 90, 0, 0},
		},
	}
	drugs = menu{
		"",
		[]times{{often: 2, daily: [][2]int{{800, 2200}}}, {often: 1, daily: [][2]int{{0, 2400}}}, {often: 1, daily: [][2]int{{830, 2030}}}},
		0,
		[]item{
			{"代煎中药", "Herbs, decocted", 30, 60, 60, 0, 0}, {"血压测量", "Blood pressure", 0, 0, 5, 0, 0}, {"送药上门", "Delivery", 0, 6, 30, 0, 0},
		},
	}
	dentist = menu{
		"teeth",
		[]times{
			{often: 2, daily: [][2]int{{900, 1200}, {1330, 1800}}},
			{often: 1, daily: [][2]int{{900, 2000}}},
			{often: 1, daily: [][2]int{{830, 1730}}, closed: []int{6}},
		},
		95,
		[]item{
			{
				"洗牙",
				"Cleaning",
				128,
				298,
				45,
				2,
				30,
			},
			{"口腔检查", "Check-up", 0, 88, 30, 2, 30},
			{"补牙", "Filling", 198, 480, 60, 1, 30},
			{"牙齿美白", "Whitening", 680, 1580, 90, 0, 0},
		},
	}
	clinic = menu{
		"clinic",
		[]times{{often: 1, daily: [][2]int{{0, 2400}}}},
		100,
		[]item{
			{
				"全科门诊预约",
				"General practice",
				20,
				50,
				15,
				2,
				15,
			},
			{"体检", "Health check", 298, 880, 120, 4, 60},
			{"疫苗接种", "Vaccination", 0, 198, 20, 0, 0},
		},
	}
	pets = menu{
		"pets",
		[]times{{often: 2, daily: [][2]int{{900, 2100}}}, {often: 1, daily: [][2]int{{0, 2400}}}},
		95,
		[]item{
			{
				"宠物洗护（小型犬）",
				"Grooming, small dog",
				68,
				128,
				60,
				2,
				30,
			},
			{"猫咪洗澡", "Cat bath", 88, 168, 60, 1, 60},
			{"门诊", "Consultation", 30, 68, 30, 1, 30},
			{"疫苗", "Vaccination", 88, 168, 20, 0, 0},
			{"寄养（天）", "Boarding, per day", 60, 128, 60, 0, 0},
		},
	}
	prints = menu{
		"",
		atWork,
		0,
		[]item{
			{"打印（张）", "Printing, page", 1, 1, 5, 0, 0},
			{"证件照", "ID photographs", 25, 45, 15, 0, 0},
			{"配钥匙", "Key cutting", 8, 20, 10, 0, 0},
			{"换屏", "New screen", 168, 480, 60, 0, 0},
		},
	}
)
