package catalog

// categoryWords is what else people call what places of a category are, in both languages,
// shortly: every place of it carries them all in the index.
var categoryWords = map[string][]string{
	"restaurant":    {"diner", "饭店", "餐馆"},
	"noodles":       {"noodle", "面条"},
	"hotpot":        {"hotpot", "涮锅"},
	"teahouse":      {"茶楼"},
	"cafe":          {"coffee", "咖啡", "咖啡店", "咖啡厅"},
	"tea_drinks":    {"bubble tea", "boba", "奶茶店"},
	"fast_food":     {"takeaway", "小吃"},
	"bakery":        {"bread", "cake", "蛋糕", "烘焙"},
	"bar":           {"pub", "酒馆"},
	"dry_cleaning":  {"cleaners", "洗衣店"},
	"laundrette":    {"laundromat", "洗衣店"},
	"haircut":       {"barber", "haircut", "理发店", "剪发"},
	"nails":         {"manicure", "美甲店"},
	"massage":       {"spa", "推拿", "足疗"},
	"hotel":         {"inn", "宾馆", "旅馆"},
	"guesthouse":    {"hostel", "客栈", "旅馆"},
	"atm":           {"atm", "取款机", "提款机"},
	"toilets":       {"toilet", "restroom", "wc", "厕所", "洗手间", "卫生间"},
	"gym":           {"fitness", "健身中心"},
	"swimming":      {"pool", "游泳馆"},
	"car_wash":      {"洗车店", "洗车行"},
	"car_repair":    {"garage", "汽修"},
	"fuel":          {"petrol", "gas", "加油"},
	"estate_agent":  {"realtor", "租房"},
	"home_cleaning": {"家政"},
	"convenience":   {"小卖部"},
	"supermarket":   {"grocery"},
	"florist":       {"flowers", "鲜花"},
	"optician":      {"glasses", "眼镜"},
	"pharmacy":      {"chemist", "drugstore", "药店"},
	"dentist":       {"dental", "牙医", "口腔"},
	"hospital":      {"clinic", "诊所"},
	"pet_care":      {"vet", "宠物"},
}

// Words is what places of the category are called: its labels in both languages, and more.
func (c Category) Words() []string {
	return append([]string{c.En, c.Zh}, categoryWords[c.Key]...)
}
