package openinghours

import "corner/fault"

// RefusedError says why a text gives no hours. It quotes nothing of the text.
type RefusedError struct{ Reason fault.Reason }

func (r *RefusedError) Error() string { return "opening hours: " + r.Reason.En }

// Why a text gives no hours.
var (
	Unreadable = fault.Reason{Code: "unreadable", En: "is not in the form of opening hours", Zh: "不是营业时间的格式"}
	TooLong    = fault.Reason{Code: "too_long", En: "is too long", Zh: "过长"}
	NoTimes    = fault.Reason{Code: "no_times", En: "names days without times", Zh: "只写了日期，没有时间"}
	BadTime    = fault.Reason{Code: "bad_time", En: "has a time that no clock shows", Zh: "包含不存在的时间"}
	NoLength   = fault.Reason{Code: "no_length", En: "opens and closes at the same time", Zh: "开门与关门时间相同"}
	HalfOfDay  = fault.Reason{Code: "half_of_day", En: "does not tell morning from afternoon", Zh: "无法区分上午和下午"}
	Season     = fault.Reason{Code: "season", En: "depends on the season", Zh: "随季节变化"}
	Weeks      = fault.Reason{Code: "weeks", En: "depends on the week of the year or month", Zh: "随周次变化"}
	School     = fault.Reason{Code: "school", En: "depends on school holidays", Zh: "随学校假期变化"}
	Sun        = fault.Reason{Code: "sun", En: "depends on the sun", Zh: "随日出日落变化"}
	OpenEnd    = fault.Reason{Code: "open_end", En: "does not tell when it closes", Zh: "没有关门时间"}
	Remark     = fault.Reason{Code: "remark", En: "says it in a remark", Zh: "用备注说明"}
	Fallback   = fault.Reason{Code: "fallback", En: "has a fallback", Zh: "包含备选规则"}
	NoDays     = fault.Reason{Code: "no_days", En: "does not tell the days of a second rule", Zh: "后一条规则没有写明日期"}
	NoEffect   = fault.Reason{Code: "no_effect", En: "has a rule that later ones leave nothing of", Zh: "有规则被后面的规则完全覆盖"}
	Night      = fault.Reason{Code: "night", En: "has a night that reaches into a day with other hours", Zh: "跨夜时段与次日的规则冲突"}
	Separator  = fault.Reason{Code: "separator", En: "has two rules with nothing between them", Zh: "两条规则之间没有分隔符"}
	NeverOpen  = fault.Reason{Code: "never_open", En: "is never open", Zh: "从不营业"}
	TooMany    = fault.Reason{Code: "too_many", En: "has too many intervals or dates", Zh: "时段或日期过多"}
)
