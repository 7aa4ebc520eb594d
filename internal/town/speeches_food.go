package town

// ofFood is what people say of places to eat and drink.
var ofFood = map[string]speech{
	"beef noodles": {
		zh: remarks{
			{"面坨了，汤也不热。", "牛肉就三片，薄得透光。", "等了四十分钟才上面。", "汤太咸，全是味精味。"},
			{"面条筋道，就是汤有点淡。", "味道还行，店里比较挤。", "牛肉不错，面量偏少。"},
			{"汤头醇厚，面条很有嚼劲。", "牛肉给得很足，炖得酥烂。", "辣油很香，连汤都喝完了。", "面条现做，吃得出麦香。", "凉拌牛肉也好吃，别错过。", "加面不加钱，老板大气。", "就在小巷里，有点难找，但值得。", "一碗热汤面，雨天的救赎。"},
		},
		en: remarks{
			{"Soggy noodles in a lukewarm soup.", "Three slices of beef, thin as paper.", "Forty minutes for a bowl of noodles.", "Far too salty."},
			{"Good noodles, rather plain broth.", "Tasty, but you sit elbow to elbow.", "Nice beef, small bowl."},
			{
				"Rich broth and springy noodles.",
				"Plenty of tender beef.",
				"The chilli oil is fragrant; I drank the soup to the last drop.",
				"Noodles made in front of you.",
				"A bit hard to find in the alley, but worth it.",
				"A second helping of noodles is free.",
			},
		},
	},
	"suzhou noodles": {
		zh: remarks{
			{"面坨了，汤也不热。", "浇头是凉的，等了半小时。", "汤太咸，全是味精味。", "浇头没几口，价格倒不低。"},
			{"面条细软，就是汤有点淡。", "味道还行，店里比较挤。", "浇头不错，面量偏少。"},
			{"早上来吃头汤面，清爽！", "红汤微甜，正宗的苏州味道。", "焖肉入口即化，一碗下去很满足。", "宽汤重青，老苏州的吃法店家都懂。", "浇头现炒，等几分钟也值得。", "爆鱼外脆里嫩，甜度正好。", "排队的都是本地爷叔，错不了。", "面条齐整，汤清味鲜。"},
		},
		en: remarks{
			{"Cold topping after half an hour.", "Soggy noodles in a lukewarm soup.", "Far too salty."},
			{"Fine noodles, rather plain broth.", "Tasty, but you sit elbow to elbow.", "Nice topping, small bowl."},
			{
				"Springy noodles in a clear, deep broth.",
				"The stewed pork melts on the tongue.",
				"The slightly sweet red soup is the real Suzhou taste.",
				"The toppings are fried to order and worth the wait.",
				"Full of old neighbours, which says it all.",
				"Crisp fried fish, just sweet enough.",
			},
		},
	},
	"suzhou": {
		zh: remarks{
			{"菜上得太慢，催了三次。", "松鼠桂鱼炸老了，糖醋汁发腻。", "服务员态度冷淡，茶水都没人加。", "菜品不新鲜，虾仁有腥味。"},
			{"味道偏甜，外地朋友可能不习惯。", "环境不错，菜量小了点。", "招牌菜可以，其他一般。"},
			{
				"松鼠桂鱼外酥里嫩，酸甜正好。",
				"响油鳝糊端上来还在滋滋响，香！",
				"包间安静，适合家庭聚餐。",
				"时令菜很新鲜，鸡头米软糯。",
				"服务周到，上菜节奏刚好。",
				"味道地道，不是做给游客吃的。",
				"套餐很划算，两个人吃到撑。",
				"火候到位，每道菜都光盘了。",
			},
		},
		en: remarks{
			{
				"We asked three times for our food.",
				"The fish was overcooked and the sauce cloying.",
				"Cold service; nobody refilled the tea.",
				"The shrimps were not fresh.",
			},
			{"A bit sweet for my taste.", "Nice room, small portions.", "Order the signature dish, skip the rest."},
			{
				"Crisp outside, tender inside: the best fish of our trip.",
				"The private room is perfect for a family.",
				"Seasonal and very fresh.",
				"Attentive staff and well-paced courses.",
				"Real local cooking, not made for tourists.",
				"The set menu is great value; we left stuffed.",
				"Every plate went back empty.",
			},
		},
	},
	"spicy": {
		zh: remarks{
			{"辣得没有层次，全是油。", "分量少，鱼也没几片。", "催了三次才上菜。"},
			{"味道可以，油有点大。", "下饭，环境吵了点。", "说了微辣还是很辣。"},
			{"麻辣鲜香，鱼片滑嫩。", "太下饭了，三碗饭没停。", "辣得过瘾，又不烧胃。", "上菜快，分量足。", "老板是当地人，味道正。", "火候好，鱼肉一点不腥。"},
		},
		en: remarks{
			{"Only oil and heat, no flavour.", "Small portions and hardly any fish.", "We asked three times for our food."},
			{"Tasty, a bit oily.", "Good with rice, noisy room.", "I asked for mild and still cried."},
			{
				"Hot and fragrant, with silky fish.",
				"Everything here wants a second bowl of rice.",
				"Properly spicy without burning.",
				"Fast, and generous portions.",
				"The cook is from there, and one tastes it.",
			},
		},
	},
	"vegetarian": {
		zh: remarks{
			{"豆制品太油，吃着腻。", "价格高，分量少。"},
			{"清淡，味道中等。", "环境好，菜式不多。"},
			{"素菜做得不寡淡，连爱吃肉的朋友都夸。", "时令食材，清爽舒服。", "罗汉斋很鲜，吃得出心思。", "环境安静，适合慢慢吃。"},
		},
		en: remarks{
			{"Oily tofu dishes.", "High prices for small plates."},
			{"Light, a little bland.", "Lovely room, short menu."},
			{
				"Even my meat-eating friends were happy.",
				"Fresh, seasonal and light.",
				"Thoughtful vegetarian cooking.",
				"A quiet place to eat slowly.",
			},
		},
	},
	"abroad": {
		zh: remarks{
			{"食材不新鲜，价格不便宜。", "等位一小时，上菜又半小时。", "主菜是凉的。"},
			{"摆盘好看，味道一般。", "环境不错，份量小了点。"},
			{"主厨套餐每道都有惊喜。", "食材新鲜，火候精准。", "氛围很好，适合约会。", "服务周到，会讲解每道菜。", "甜品是亮点，记得留肚子。", "在古城里能吃到这个水准，难得。"},
		},
		en: remarks{
			{"Not fresh, and not cheap.", "An hour for a table and another half for the food.", "The main course came cold."},
			{"Pretty plates, ordinary taste.", "Nice room, small portions."},
			{
				"A surprise in every course of the chef's menu.",
				"Fresh produce, cooked to the point.",
				"A lovely mood for a date.",
				"The staff explain each dish.",
				"Leave room for dessert.",
				"I did not expect this level in the old town.",
			},
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
			{
				"Juicy lamb skewers with plenty of cumin.",
				"Still open at one in the morning: a lifesaver.",
				"Big, meaty crayfish.",
				"The garlic aubergine is a must.",
				"A loud and happy place for a late beer.",
			},
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
			{
				"The broth gets better and better.",
				"Fresh hand-cut lamb.",
				"The split pot keeps everybody happy.",
				"Crisp tripe, and the staff show you how long to dip it.",
				"A big sauce bar and free fruit.",
			},
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
			{
				"Biluochun by the window with the rain outside: time slows down.",
				"The Pingtan singers are wonderful even if you do not understand a word.",
				"Delicate tea snacks.",
				"A quiet courtyard with an old osmanthus tree.",
				"The owner explained the teas with great patience.",
				"Nobody hurried us all afternoon.",
			},
		},
	},
	"cafe": {
		zh: remarks{
			{"咖啡酸涩，奶泡粗。", "桌子油腻，没人收拾。"},
			{"咖啡中规中矩，位置好。", "插座太少，不适合办公。"},
			{"手冲很干净，豆子风味明显。", "桂花拿铁很苏州。", "靠窗看河，能坐一整天。", "巴斯克外焦里嫩。", "体验课讲得细，新手也能上手。"},
		},
		en: remarks{
			{"Sour espresso and coarse foam.", "Sticky tables nobody wiped."},
			{"Average coffee, great spot.", "Too few sockets to work here."},
			{
				"Clean pour-overs, you can taste the bean.",
				"The osmanthus latte is very Suzhou.",
				"A window over the canal to sit at all day.",
				"The class was well explained, even for a beginner.",
				"Best flat white I found here.",
			},
		},
	},
	"bakery": {
		zh: remarks{{"蛋糕奶油是植脂的，腻。", "约的十点取，十一点才好。"}, {"味道还行，卖相普通。"}, {"生日蛋糕新鲜不腻，孩子很喜欢。", "动物奶油，水果给得足。", "取货准时，包装也好看。"}},
		en: remarks{
			{"Greasy cream on the cake.", "Ready an hour later than agreed."},
			{"Tastes all right, looks plain."},
			{"A fresh, light birthday cake; the children loved it.", "Real cream and lots of fruit.", "Ready on time and beautifully packed."},
		},
	},
	"bar": {
		zh: remarks{
			{"酒兑水了吧，喝不出味道。", "低消没说清楚，结账吓一跳。"},
			{"气氛可以，酒一般。", "音乐有点吵，聊天费劲。"},
			{"调酒师会根据口味特调，惊喜。", "精酿选择多，IPA 很新鲜。", "乐队现场很有感觉。", "黄酒特调值得一试。", "临河的露台晚上太舒服了。"},
		},
		en: remarks{
			{"Watered-down drinks.", "Nobody mentioned the minimum spend."},
			{"Good mood, average drinks.", "Too loud to talk."},
			{
				"The bartender mixed something just for me.",
				"A fine choice of craft beer, fresh IPA.",
				"A great live band.",
				"Try the cocktail with rice wine.",
				"The terrace over the canal is lovely at night.",
			},
		},
	},
}
