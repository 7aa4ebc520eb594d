package town

// anyShop is what people say of any place.
var anyShop = speech{
	zh: remarks{
		{"不会再来了。", "性价比太低。", "跟老板反映了，也没个说法。", "希望能改进。", "失望。", "图片和实际差太多。"},
		{"中规中矩吧。", "价格还可以接受。", "路过可以试试，不用专门来。", "周末人多，建议错峰。", "三星鼓励一下。"},
		{"下次还会来！", "推荐给朋友了。", "就在小巷里，有点难找，但值得。", "老板人很好。", "提前订了时间，到店不用等，很方便。", "价格公道。", "住附近，常来。", "五一还会再来苏州。", "扫码核销一秒钟搞定。", "带爸妈来的，他们都说好。"},
	},
	en: remarks{
		{"Would not come back.", "Not worth the money.", "I told the owner and got a shrug.", "Disappointing.", "The pictures promised more."},
		{"Fine if you are passing by.", "Prices are acceptable.", "Go on a weekday, it gets crowded.", "Nothing special, nothing wrong."},
		{"Will be back.", "Highly recommended.", "A bit hard to find in the alley, but worth it.", "The owner was lovely.", "Booked ahead and did not have to wait.", "Fair prices.", "Little English spoken, but everyone was helpful.", "One of my favourites in the old town."},
	},
}

// speeches is what people say of each theme of a menu.
var speeches = map[string]speech{
	"noodles": {
		zh: remarks{
			{"面坨了，汤也不热。", "牛肉就三片，薄得透光。", "等了四十分钟才上面。", "汤太咸，全是味精味。"},
			{"面条筋道，就是汤有点淡。", "味道还行，店里比较挤。", "浇头不错，面量偏少。"},
			{"汤头醇厚，面条很有嚼劲。", "牛肉给得很足，炖得酥烂。", "早上来吃头汤面，清爽！", "红汤微甜，正宗的苏州味道。", "焖肉入口即化，一碗下去很满足。", "辣油很香，连汤都喝完了。", "宽汤重青，老苏州的吃法店家都懂。", "浇头现炒，等几分钟也值得。"},
		},
		en: remarks{
			{"Soggy noodles in a lukewarm soup.", "Three slices of beef, thin as paper.", "Forty minutes for a bowl of noodles.", "Far too salty."},
			{"Good noodles, rather plain broth.", "Tasty, but you sit elbow to elbow.", "Nice topping, small bowl."},
			{"Rich broth and springy noodles.", "Plenty of tender beef.", "Came at seven for the first broth of the day: perfect.", "The braised pork melts on the tongue.", "I drank the soup to the last drop.", "The slightly sweet red soup is the real Suzhou taste."},
		},
	},
	"restaurant": {
		zh: remarks{
			{"菜上得太慢，催了三次。", "松鼠桂鱼炸老了，糖醋汁发腻。", "服务员态度冷淡，茶水都没人加。", "菜品不新鲜，虾仁有腥味。"},
			{"味道偏甜，外地朋友可能不习惯。", "环境不错，菜量小了点。", "招牌菜可以，其他一般。"},
			{"松鼠桂鱼外酥里嫩，酸甜正好。", "响油鳝糊端上来还在滋滋响，香！", "包间能看到河，适合家庭聚餐。", "时令菜很新鲜，鸡头米软糯。", "服务周到，上菜节奏刚好。", "味道地道，不是做给游客吃的。", "套餐很划算，两个人吃到撑。", "火候到位，每道菜都光盘了。"},
		},
		en: remarks{
			{"We asked three times for our food.", "The fish was overcooked and the sauce cloying.", "Cold service; nobody refilled the tea.", "The shrimps were not fresh."},
			{"A bit sweet for my taste.", "Nice room, small portions.", "Order the signature dish, skip the rest."},
			{"Crisp outside, tender inside: the best fish of our trip.", "The private room looks out on the canal.", "Seasonal and very fresh.", "Attentive staff and well-paced courses.", "Real local cooking, not made for tourists.", "The set menu is great value; we left stuffed.", "Every plate went back empty."},
		},
	},
	"grill": {
		zh: remarks{
			{"烤串半生不熟，回去闹肚子。", "烟太大，衣服味道两天散不掉。", "小龙虾不干净。"},
			{"味道可以，就是上菜慢。", "羊肉串偏小，啤酒倒是冰。"},
			{"羊肉串肥瘦相间，撒上孜然绝了。", "凌晨一点还在营业，夜宵救星。", "烤茄子蒜香十足。", "小龙虾个大肉满，十三香味正。", "和朋友喝到打烊，老板还送了花生。"},
		},
		en: remarks{
			{"Skewers half raw inside.", "So smoky that my jacket smelled for days.", "The crayfish were not clean."},
			{"Tasty but slow.", "Small skewers, cold beer."},
			{"Juicy lamb skewers with plenty of cumin.", "Still open at one in the morning: a lifesaver.", "Big, meaty crayfish.", "The garlic aubergine is a must.", "A loud and happy place for a late beer."},
		},
	},
	"hotpot": {
		zh: remarks{
			{"锅底一股回锅油味。", "订了位还等了半小时。", "肉不新鲜，解冻味很重。"},
			{"锅底不错，菜量偏少。", "味道可以，排风不太好，一身味儿。"},
			{"毛肚七上八下，脆！", "锅底越煮越香，不会齁咸。", "手切羊肉很新鲜，一点不膻。", "鸳鸯锅照顾到了不吃辣的朋友。", "小料台丰富，水果无限续。", "服务员帮忙下菜，很贴心。"},
		},
		en: remarks{
			{"The broth tasted of old oil.", "Half an hour of waiting despite a booking.", "The meat had clearly been frozen for long."},
			{"Good broth, few vegetables.", "Nice food, weak ventilation."},
			{"The broth gets better and better.", "Fresh hand-cut lamb.", "The split pot keeps everybody happy.", "Crisp tripe, and the staff show you how long to dip it.", "A big sauce bar and free fruit."},
		},
	},
	"teahouse": {
		zh: remarks{
			{"茶叶一般，价格却不便宜。", "评弹放的是录音，失望。", "旁边打牌太吵，坐不住。"},
			{"环境好，茶点一般。", "茶不错，位子有点挤。"},
			{"临窗听雨喝碧螺春，时间都慢下来了。", "评弹老师唱得真好，吴侬软语。", "茶点精致，桂花糖藕软糯。", "院子里有棵老桂花，安静。", "老板会讲茶，长知识了。", "包厢私密，适合聊天谈事。", "坐了一下午，没人催。"},
		},
		en: remarks{
			{"Ordinary tea at a proud price.", "The promised Pingtan was a recording.", "The card players next to us made it impossible to relax."},
			{"Pretty place, plain snacks.", "Good tea, tight seating."},
			{"Biluochun by the window with the rain outside: time slows down.", "The Pingtan singers are wonderful even if you do not understand a word.", "Delicate tea snacks.", "A quiet courtyard with an old osmanthus tree.", "The owner explained the teas with great patience.", "Nobody hurried us all afternoon."},
		},
	},
	"cafe": {
		zh: remarks{{"咖啡酸涩，奶泡粗。", "桌子油腻，没人收拾。"}, {"咖啡中规中矩，位置好。", "插座太少，不适合办公。"}, {"手冲很干净，豆子风味明显。", "桂花拿铁很苏州。", "靠窗看河，能坐一整天。", "巴斯克外焦里嫩。", "体验课讲得细，新手也能上手。"}},
		en: remarks{{"Sour espresso and coarse foam.", "Sticky tables nobody wiped."}, {"Average coffee, great spot.", "Too few sockets to work here."}, {"Clean pour-overs, you can taste the bean.", "The osmanthus latte is very Suzhou.", "A window over the canal to sit at all day.", "The class was well explained, even for a beginner.", "Best flat white I found here."}},
	},
	"bakery": {
		zh: remarks{{"蛋糕奶油是植脂的，腻。", "约的十点取，十一点才好。"}, {"味道还行，卖相普通。"}, {"生日蛋糕新鲜不腻，孩子很喜欢。", "动物奶油，水果给得足。", "取货准时，包装也好看。"}},
		en: remarks{{"Greasy cream on the cake.", "Ready an hour later than agreed."}, {"Tastes all right, looks plain."}, {"A fresh, light birthday cake; the children loved it.", "Real cream and lots of fruit.", "Ready on time and beautifully packed."}},
	},
	"bar": {
		zh: remarks{{"酒兑水了吧，喝不出味道。", "低消没说清楚，结账吓一跳。"}, {"气氛可以，酒一般。", "音乐有点吵，聊天费劲。"}, {"调酒师会根据口味特调，惊喜。", "精酿选择多，IPA 很新鲜。", "乐队现场很有感觉。", "黄酒特调值得一试。", "临河的露台晚上太舒服了。"}},
		en: remarks{{"Watered-down drinks.", "Nobody mentioned the minimum spend."}, {"Good mood, average drinks.", "Too loud to talk."}, {"The bartender mixed something just for me.", "A fine choice of craft beer, fresh IPA.", "A great live band.", "Try the cocktail with rice wine.", "The terrace over the canal is lovely at night."}},
	},
	"laundry": {
		zh: remarks{{"羽绒服洗完一股味，还掉了颗扣子。", "说三天取，拖了一周。"}, {"洗得还行，熨得一般。"}, {"西装熨得笔挺。", "上门取衣很准时。", "咖啡渍洗干净了，专业。", "羽绒服洗完很蓬松。"}},
		en: remarks{{"My jacket came back with a smell and without a button.", "Three days became a week."}, {"Clean, but badly pressed."}, {"My suit came back sharp.", "Picked up right on time.", "They got the coffee stain out.", "The down jacket is fluffy again."}},
	},
	"hair": {
		zh: remarks{{"说修一点，结果剪短了一截。", "一直推销办卡，很烦。", "染的颜色和色卡完全不一样。"}, {"剪得还行，等了二十分钟。", "手艺可以，价格略高。"}, {"剪得很细致，发型师会听你说话。", "染的颜色很显白。", "不推销，不办卡，清净。", "老师傅手艺没得说，还帮修了面。", "约好时间到店就洗，效率高。", "烫得很自然，好打理。"}},
		en: remarks{{"I asked for a trim and lost ten centimetres.", "They never stopped selling me a card.", "The colour was nothing like the sample."}, {"Decent cut, twenty minutes of waiting.", "Good hands, a bit pricey."}, {"A careful cut from someone who listens.", "The colour suits me perfectly.", "No pushing of membership cards.", "The old master gave me the best shave in years.", "Washed and cut at the minute I booked."}},
	},
	"nails": {
		zh: remarks{{"三天就起边了。", "迟到还不道歉。"}, {"款式好看，做得有点慢。"}, {"款式新，做工细，快三周都没掉。", "小姐姐手很轻，全程放松。", "显白又好看，同事都来问。", "工具当面消毒，放心。"}},
		en: remarks{{"Chipped after three days.", "They were late and did not say sorry."}, {"Pretty, but slow."}, {"Still perfect after almost three weeks.", "Gentle hands and new designs.", "Tools sterilised in front of me.", "My colleagues all asked where I went."}},
	},
	"massage": {
		zh: remarks{{"手法敷衍，时间还没到就结束了。", "房间有潮味。"}, {"力度一般，环境还行。"}, {"师傅手法专业，肩颈轻松多了。", "力道刚好，差点睡着。", "逛了一天园林来按脚，活过来了。", "环境安静，毛巾都是热的。"}},
		en: remarks{{"Half-hearted, and over before the hour.", "The room smelled damp."}, {"Average pressure, nice room."}, {"My shoulders feel new.", "Just the right pressure; I almost fell asleep.", "After a day in the gardens this foot massage saved me.", "Quiet, warm towels, skilled hands."}},
	},
	"lodging": {
		zh: remarks{{"隔音很差，一夜没睡好。", "卫生间有异味，床单上有头发。", "说是临河，其实只看到墙。"}, {"位置好，房间偏小。", "老房子有味道，楼梯陡，行李不方便。"}, {"推窗就是小河，早上很安静。", "出门就是平江路，位置没得挑。", "房间干净，床很舒服。", "管家帮忙搬行李，还给了手绘地图。", "早餐是现做的面，好评。", "院子里喝茶，像住在园林里。"}},
		en: remarks{{"Thin walls; we hardly slept.", "Hair on the sheets and a smelly bathroom.", "The canal view was a wall."}, {"Great location, tiny room.", "Charming old house, but steep stairs with luggage."}, {"Open the window and there is the canal.", "Steps away from everything.", "Spotless room and a comfortable bed.", "The host carried our bags and drew us a map.", "Fresh noodles for breakfast.", "Tea in the courtyard felt like living in a garden."}},
	},
	"gym": {
		zh: remarks{{"器械坏了两台，没人修。", "教练全程推销课程。"}, {"设施齐全，晚高峰人太多。"}, {"教练专业，动作纠正很到位。", "小班课氛围好，出一身汗。", "器械新，淋浴干净。", "水质不错，人不多。", "体验课就学到东西，已办卡。"}},
		en: remarks{{"Two machines were broken and nobody cared.", "The trainer only wanted to sell me lessons."}, {"Well equipped, packed after work."}, {"A coach who corrects every movement.", "Small class, good mood, great sweat.", "New equipment and clean showers.", "Uncrowded and well kept.", "I learnt more in one trial class than in a year on my own."}},
	},
	"car": {
		zh: remarks{{"洗完车门缝还是脏的。", "报价和结账差了一百多。"}, {"洗得还行，排队久。"}, {"洗得很仔细，轮毂都刷了。", "师傅实在，不该换的不让换。", "预约到店就做，半小时搞定。", "打完蜡跟新车一样。"}},
		en: remarks{{"The door sills were still dirty.", "The bill was a hundred more than the quote."}, {"Fine, after a long queue."}, {"They even scrubbed the wheels.", "An honest mechanic who told me what I did not need.", "In and out in half an hour, as booked.", "Shines like new after the waxing."}},
	},
	"housing": {
		zh: remarks{{"看的房和网上照片不是一套。", "放我鸽子，电话也不接。"}, {"中介热情，房源不多。"}, {"中介很耐心，一下午看了五套。", "房源真实，费用说得清楚。", "帮忙谈下来三百块房租，感谢。"}},
		en: remarks{{"The flat was not the one in the pictures.", "Nobody came to the viewing."}, {"Friendly, but few flats."}, {"Patient: five flats in one afternoon.", "Honest listings and clear fees.", "They talked the rent down for me."}},
	},
	"cleaning": {
		zh: remarks{{"迟到一小时，还漏了厨房。", "打碎了杯子不承认。"}, {"打扫得还行，细节一般。"}, {"阿姨手脚麻利，厨房亮得反光。", "准时上门，自带工具。", "玻璃擦得像没有一样。"}},
		en: remarks{{"An hour late, and the kitchen was forgotten.", "A broken glass that nobody owned up to."}, {"All right, not thorough."}, {"The kitchen shines.", "On time, with her own tools.", "The windows are so clean they seem gone."}},
	},
	"shop": {
		zh: remarks{{"课程缩水，材料还要加钱。", "丝绸起球，不像真的。"}, {"体验有趣，时间太短。"}, {"老师教得耐心，做了把团扇带回家。", "苏绣精美，送人很体面。", "花很新鲜，养了十天。", "亲手做的最有意义，孩子玩得开心。"}},
		en: remarks{{"Shorter than promised, and materials cost extra.", "The silk does not feel like silk."}, {"Fun, but too short."}, {"A patient teacher; I took my own fan home.", "Beautiful embroidery, a fine present.", "The flowers lasted ten days.", "Making it yourself is the best souvenir."}},
	},
	"leisure": {
		zh: remarks{{"设备老旧，话筒有杂音。", "预约了还要排队半小时。"}, {"还可以，房间小了点。"}, {"机关设计巧妙，差点没出来。", "讲解员讲得生动，孩子听得入迷。", "展品不多但精，预约入场不拥挤。", "包间干净，玩了一下午。"}},
		en: remarks{{"Old equipment and a crackling microphone.", "Half an hour of queueing in spite of a booking."}, {"All right, a bit cramped."}, {"Clever puzzles; we barely got out.", "A lively guide: the children hung on every word.", "A small but fine collection, and never crowded thanks to timed entry.", "A clean room and a whole afternoon of fun."}},
	},
	"health": {
		zh: remarks{{"等了一个多小时，医生两分钟打发了。", "一进门就推销贵的。"}, {"医生专业，候诊区小。"}, {"医生耐心，每一步都解释清楚。", "洗牙不疼，很细致。", "验光认真，度数合适，不头晕。", "预约制，不用排队。"}},
		en: remarks{{"An hour of waiting for two minutes of attention.", "They pushed the most expensive option at once."}, {"Competent, with a tiny waiting room."}, {"Explained every step.", "A gentle and thorough cleaning.", "A careful eye test; the new glasses are perfect.", "By appointment, no queue."}},
	},
	"pets": {
		zh: remarks{{"狗狗洗完耳朵发炎了。", "态度不耐烦，猫吓坏了。"}, {"洗得干净，价格偏高。"}, {"猫咪洗完香香的，全程没应激。", "医生很温柔，讲得清楚。", "美容师有耐心，狗子很喜欢这里。"}},
		en: remarks{{"My dog came home with a sore ear.", "Impatient; my cat was terrified."}, {"Clean, but pricey."}, {"My cat smells lovely and stayed calm.", "A gentle vet who explains things well.", "The groomer is patient; my dog loves it here."}},
	},
}
