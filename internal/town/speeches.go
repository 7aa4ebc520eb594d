package town

import "maps"

// anyShop is what people say of any place.
var anyShop = speech{
	zh: remarks{
		{"不会再来了。", "性价比太低。", "跟老板反映了，也没个说法。", "希望能改进。", "失望。", "图片和实际差太多。"},
		{"中规中矩吧。", "价格还可以接受。", "周末人多，建议错峰。", "三星鼓励一下。"},
		{"下次还会来！", "推荐给朋友了。", "值得收藏。", "老板人很好。", "提前订了时间，到店不用等，很方便。", "价格公道。", "住附近，常来。", "扫码核销一秒钟搞定。", "带爸妈来的，他们都说好。"},
	},
	en: remarks{
		{"Would not come back.", "Not worth the money.", "I told the owner and got a shrug.", "Disappointing.", "The pictures promised more."},
		{"Fine, no more and no less.", "Prices are acceptable.", "Go on a weekday, it gets crowded.", "Nothing special, nothing wrong."},
		{
			"Will be back.",
			"Highly recommended.",
			"The owner was lovely.",
			"Booked ahead and did not have to wait.",
			"Fair prices.",
			"Little English spoken, but everyone was helpful.",
			"One of my favourites in the old town.",
		},
	},
}

// speeches is what people say of each theme of a menu.
var speeches = func() map[string]speech {
	all := maps.Clone(ofFood)
	maps.Copy(all, ofLiving)
	maps.Copy(all, ofTown)
	return all
}()
