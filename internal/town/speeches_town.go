package town

// ofTown is what people say of shops, sights and clinics.
var ofTown = map[string]speech{
	"flowers": {
		zh: remarks{{"课上用的花都蔫了。"}, {"老师不错，花材少了点。"}, {"花很新鲜，养了十天。", "老师教得耐心，第一次插花也好看。", "配色高级，拍照好看。"}},
		en: remarks{
			{"The flowers of the class had wilted."},
			{"Nice teacher, few flowers."},
			{"My flowers lasted ten days.", "A patient teacher; even my first bouquet looks good.", "Beautiful colours."},
		},
	},
	"crafts": {
		zh: remarks{
			{"课程缩水，材料还要加钱。", "说好九十分钟，一小时就赶人。"},
			{"体验有趣，时间太短。"},
			{"老师教得耐心，做了件小东西带回家。", "师傅手艺了得，看一下午都不腻。", "亲手做的最有意义，孩子玩得开心。", "店里的东西精致，送人很体面。"},
		},
		en: remarks{
			{"Shorter than promised, and materials cost extra.", "Ninety minutes became sixty."},
			{"Fun, but too short."},
			{
				"A patient teacher; I took my own piece home.",
				"I could watch these hands all afternoon.",
				"Making it yourself is the best souvenir.",
				"Fine things, good presents.",
			},
		},
	},
	"museum": {
		zh: remarks{{"一半展厅在布展，不提前说。", "讲解照本宣科。"}, {"展品不多，半小时看完。"}, {"讲解员讲得生动，孩子听得入迷。", "展品不多但精，预约入场不拥挤。", "院子本身就是展品。"}},
		en: remarks{
			{"Half the rooms were closed, and nobody had said so.", "The guide read from a sheet."},
			{"Small; done in half an hour."},
			{
				"A lively guide: the children hung on every word.",
				"A small but fine collection, never crowded thanks to timed entry.",
				"The courtyard alone is worth it.",
			},
		},
	},
	"play": {
		zh: remarks{{"设备老旧，房间有烟味。", "预约了还要排队半小时。"}, {"还可以，房间小了点。"}, {"房间干净，玩了一下午。", "朋友聚会的好地方，笑到肚子疼。", "店员带着玩，新手也不尴尬。", "项目多，时间过得飞快。"}},
		en: remarks{
			{"Old equipment and a smoky room.", "Half an hour of queueing in spite of a booking."},
			{"All right, a bit cramped."},
			{"A clean room and a whole afternoon of fun.", "We laughed until it hurt.", "The staff explain everything to beginners.", "Time flew."},
		},
	},
	"eyes": {
		zh: remarks{{"一进门就推销贵的镜片。", "新眼镜戴着头晕。"}, {"验光认真，镜框款式少。"}, {"验光仔细，度数合适，不头晕。", "镜框多，店员不催。", "半小时取镜，效率高。"}},
		en: remarks{
			{"They pushed the most expensive lenses at once.", "The new glasses make me dizzy."},
			{"A careful test, few frames."},
			{"A careful eye test; the new glasses are perfect.", "Many frames and nobody hurries you.", "Ready within half an hour."},
		},
	},
	"teeth": {
		zh: remarks{{"等了一个多小时，医生两分钟打发了。", "检查完一直推销种牙。"}, {"医生专业，候诊区小。"}, {"动作轻，一点不疼。", "医生耐心，每一步都解释清楚。", "预约制，不用排队。", "器械当面拆封，放心。"}},
		en: remarks{
			{"An hour of waiting for two minutes of attention.", "A check-up that turned into a sales talk."},
			{"Competent, with a tiny waiting room."},
			{"Gentle and thorough.", "Explained every step.", "By appointment, no queue.", "Instruments unwrapped in front of me."},
		},
	},
	"clinic": {
		zh: remarks{{"预约了还是等了一个多小时。"}, {"医生可以，窗口排队久。"}, {"医生耐心，问得仔细。", "预约制，到点就叫号。", "流程顺，一上午全部做完。"}},
		en: remarks{
			{"An hour of waiting in spite of an appointment."},
			{"Good doctor, long queue at the desk."},
			{"A patient doctor who asks and listens.", "Called in on the minute.", "Everything was done in one morning."},
		},
	},
}
