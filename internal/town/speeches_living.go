package town

// ofLiving is what people say of services for body, home and car, and of rooms.
var ofLiving = map[string]speech{
	"laundry": {
		zh: remarks{{"羽绒服洗完一股味，还掉了颗扣子。", "说三天取，拖了一周。"}, {"洗得还行，熨得一般。"}, {"西装熨得笔挺。", "上门取衣很准时。", "咖啡渍洗干净了，专业。", "羽绒服洗完很蓬松。"}},
		en: remarks{
			{"My jacket came back with a smell and without a button.", "Three days became a week."},
			{"Clean, but badly pressed."},
			{"My suit came back sharp.", "Picked up right on time.", "They got the coffee stain out.", "The down jacket is fluffy again."},
		},
	},
	"hair": {
		zh: remarks{
			{"说修一点，结果剪短了一截。", "一直推销办卡，很烦。", "染的颜色和色卡完全不一样。"},
			{"剪得还行，等了二十分钟。", "手艺可以，价格略高。"},
			{"剪得很细致，发型师会听你说话。", "染的颜色很显白。", "不推销，不办卡，清净。", "老师傅手艺没得说，还帮修了面。", "约好时间到店就洗，效率高。", "烫得很自然，好打理。"},
		},
		en: remarks{
			{"I asked for a trim and lost ten centimetres.", "They never stopped selling me a card.", "The colour was nothing like the sample."},
			{"Decent cut, twenty minutes of waiting.", "Good hands, a bit pricey."},
			{
				"A careful cut from someone who listens.",
				"The colour suits me perfectly.",
				"No pushing of membership cards.",
				"The old master gave me the best shave in years.",
				"Washed and cut at the minute I booked.",
			},
		},
	},
	"nails": {
		zh: remarks{{"三天就起边了。", "迟到还不道歉。"}, {"款式好看，做得有点慢。"}, {"款式新，做工细，快三周都没掉。", "小姐姐手很轻，全程放松。", "显白又好看，同事都来问。", "工具当面消毒，放心。"}},
		en: remarks{
			{"Chipped after three days.", "They were late and did not say sorry."},
			{"Pretty, but slow."},
			{
				"Still perfect after almost three weeks.",
				"Gentle hands and new designs.",
				"Tools sterilised in front of me.",
				"My colleagues all asked where I went.",
			},
		},
	},
	"massage": {
		zh: remarks{{"手法敷衍，时间还没到就结束了。", "房间有潮味。"}, {"力度一般，环境还行。"}, {"师傅手法专业，肩颈轻松多了。", "力道刚好，差点睡着。", "逛了一天园林来按脚，活过来了。", "环境安静，毛巾都是热的。"}},
		en: remarks{
			{"Half-hearted, and over before the hour.", "The room smelled damp."},
			{"Average pressure, nice room."},
			{
				"My shoulders feel new.",
				"Just the right pressure; I almost fell asleep.",
				"After a day in the gardens this foot massage saved me.",
				"Quiet, warm towels, skilled hands.",
			},
		},
	},
	"lodging": {
		zh: remarks{
			{"隔音很差，一夜没睡好。", "卫生间有异味，床单上有头发。", "说是临河，其实只看到墙。"},
			{"位置好，房间偏小。", "老房子有味道，楼梯陡，行李不方便。"},
			{"推窗就是小河，早上很安静。", "出门就是平江路，位置没得挑。", "房间干净，床很舒服。", "管家帮忙搬行李，还给了手绘地图。", "早餐是现做的面，好评。", "院子里喝茶，像住在园林里。"},
		},
		en: remarks{
			{"Thin walls; we hardly slept.", "Hair on the sheets and a smelly bathroom.", "The canal view was a wall."},
			{"Great location, tiny room.", "Charming old house, but steep stairs with luggage."},
			{
				"Open the window and there is the canal.",
				"Steps away from everything.",
				"Spotless room and a comfortable bed.",
				"The host carried our bags and drew us a map.",
				"Fresh noodles for breakfast.",
				"Tea in the courtyard felt like living in a garden.",
			},
		},
	},
	"housing": {
		zh: remarks{{"看的房和网上照片不是一套。", "放我鸽子，电话也不接。"}, {"中介热情，房源不多。"}, {"中介很耐心，一下午看了五套。", "房源真实，费用说得清楚。", "帮忙谈下来三百块房租，感谢。"}},
		en: remarks{
			{"The flat was not the one in the pictures.", "Nobody came to the viewing."},
			{"Friendly, but few flats."},
			{"Patient: five flats in one afternoon.", "Honest listings and clear fees.", "They talked the rent down for me."},
		},
	},
	"cleaning": {
		zh: remarks{{"迟到一小时，还漏了厨房。", "打碎了杯子不承认。"}, {"打扫得还行，细节一般。"}, {"阿姨手脚麻利，厨房亮得反光。", "准时上门，自带工具。", "玻璃擦得像没有一样。"}},
		en: remarks{
			{"An hour late, and the kitchen was forgotten.", "A broken glass that nobody owned up to."},
			{"All right, not thorough."},
			{"The kitchen shines.", "On time, with her own tools.", "The windows are so clean they seem gone."},
		},
	},
	"pets": {
		zh: remarks{{"狗狗洗完耳朵发炎了。", "态度不耐烦，猫吓坏了。"}, {"洗得干净，价格偏高。"}, {"猫咪洗完香香的，全程没应激。", "医生很温柔，讲得清楚。", "美容师有耐心，狗子很喜欢这里。"}},
		en: remarks{
			{"My dog came home with a sore ear.", "Impatient; my cat was terrified."},
			{"Clean, but pricey."},
			{"My cat smells lovely and stayed calm.", "A gentle vet who explains things well.", "The groomer is patient; my dog loves it here."},
		},
	},
	"gym": {
		zh: remarks{{"器械坏了两台，没人修。", "教练全程推销课程。"}, {"设施齐全，晚高峰人太多。"}, {"教练专业，动作纠正很到位。", "团课氛围好，出一身汗。", "器械新，淋浴干净。", "体验一次就学到东西，已办卡。"}},
		en: remarks{
			{"Two machines were broken and nobody cared.", "The trainer only wanted to sell me lessons."},
			{"Well equipped, packed after work."},
			{
				"A coach who corrects every movement.",
				"Good mood, great sweat.",
				"New equipment and clean showers.",
				"I learnt more in one session than in a year on my own.",
			},
		},
	},
	"yoga": {
		zh: remarks{{"老师临时换人，课也缩水了。", "垫子有味道。"}, {"老师不错，教室有点小。"}, {"小班课，老师会一个个调整体式。", "下课整个人都松了。", "环境安静，光线很好。", "零基础也跟得上。"}},
		en: remarks{
			{"The teacher was changed without notice.", "The mats smell."},
			{"Good teacher, small room."},
			{
				"A small class where everyone is corrected.",
				"I left ten centimetres taller.",
				"Quiet, with beautiful light.",
				"Beginners are welcome and keep up.",
			},
		},
	},
	"swim": {
		zh: remarks{{"水浑，更衣室地滑。"}, {"水温合适，周末人挤人。"}, {"水质清，泳道分得清楚。", "教练有耐心，孩子三次课就敢下水。", "淋浴热水足，人不多。"}},
		en: remarks{
			{"Cloudy water and slippery floors."},
			{"Warm enough, packed at weekends."},
			{"Clear water and proper lanes.", "A patient teacher: my child swam after three lessons.", "Hot showers and few people."},
		},
	},
	"car wash": {
		zh: remarks{{"洗完车门缝还是脏的。", "预约了还排了半小时队。"}, {"洗得还行，擦得不够干。"}, {"洗得很仔细，轮毂都刷了。", "预约到店就洗，没耽误事。", "漆面跟新车一样亮。", "内饰吸得干干净净。"}},
		en: remarks{
			{"The door sills were still dirty.", "Half an hour of queueing in spite of a booking."},
			{"Fine, but left it wet."},
			{"They even scrubbed the wheels.", "Started on the minute I booked.", "Shines like new.", "Not a crumb left on the seats."},
		},
	},
	"garage": {
		zh: remarks{{"报价和结账差了一百多。", "修完第二天又响。"}, {"修好了，就是慢。"}, {"师傅实在，不该换的不让换。", "换下来的零件都给看。", "约好时间就开工，没耽误上班。", "报价清楚，一分没多收。"}},
		en: remarks{
			{"The bill was a hundred more than the quote.", "The noise came back the next day."},
			{"Repaired, but slowly."},
			{
				"An honest mechanic who told me what I did not need.",
				"They showed me every part they replaced.",
				"Started on the minute I booked.",
				"A clear quote, and not a yuan more.",
			},
		},
	},
}
