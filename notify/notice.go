package notify

import (
	"strings"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/identity"
)

// ID names a notice: "ntc_…".
type ID string

// Kind says what a notice is about. Part of the stored format.
type Kind string

// The kinds of notices.
const (
	SignedIn         Kind = "signed_in"         // on another device; Detail is its name
	BookingCancelled Kind = "booking_cancelled" // by the shop; Detail is the start, as the shop's clock shows it
	ClaimVerified    Kind = "claim_verified"
	ClaimRefused     Kind = "claim_refused" // Detail is the reason
	ClaimLapsed      Kind = "claim_lapsed"
	ReportDecided    Kind = "report_decided" // to who reported; Detail is the reason
	Decided          Kind = "decided"        // to whom it concerns; Detail is the action and the reason
)

// Notice is one thing told to one person.
type Notice struct {
	ID        ID
	User      identity.UserID
	Event     event.ID
	Kind      Kind
	Subject   string // the id of what it is about
	Place     catalog.PlaceID
	PlaceName string // as it was called then, "" if no place is concerned
	Detail    string
	ReadAt    time.Time // zero while it is unread
	CreatedAt time.Time
}

// texts are the lines of each kind: %p is the place, %d the detail.
var texts = map[Kind]map[identity.Language]string{
	SignedIn: {
		identity.English: "Somebody has signed in to your account on another device: %d. If it was not you, sign it out under devices.",
		identity.Chinese: "您的账户在另一台设备登录：%d。如非本人操作，请在设备管理中将其退出。",
	},
	BookingCancelled: {
		identity.English: "%p has cancelled your booking of %d.",
		identity.Chinese: "%p 取消了您 %d 的预订。",
	},
	ClaimVerified: {identity.English: "Your claim of %p is verified.", identity.Chinese: "您对 %p 的认领已核实。"},
	ClaimRefused: {
		identity.English: "Your claim of %p was refused, and what you changed is taken back: %d",
		identity.Chinese: "您对 %p 的认领未通过，所做修改已撤回：%d",
	},
	ClaimLapsed: {
		identity.English: "Your claim of %p has lapsed, as nothing was shown for it.",
		identity.Chinese: "您对 %p 的认领因未提交证明已失效。",
	},
	ReportDecided: {
		identity.English: "The operators have looked at what you reported about %p: %d",
		identity.Chinese: "运营人员已处理您对 %p 的举报：%d",
	},
	Decided: {
		identity.English: "The operators of this server have decided about %p: %d",
		identity.Chinese: "平台对 %p 作出处理：%d",
	},
}

// unnamed stand where a device or a place has no name.
var unnamed = map[identity.Language]string{identity.English: "(without a name)", identity.Chinese: "（未命名）"}

// actions are what operators did, in words.
var actions = map[string]map[identity.Language]string{
	"dismiss":     {identity.English: "nothing is changed", identity.Chinese: "维持不变"},
	"hide":        {identity.English: "hidden", identity.Chinese: "下线"},
	"restore":     {identity.English: "shown again", identity.Chinese: "恢复显示"},
	"remove":      {identity.English: "removed", identity.Chinese: "移除"},
	"suspend":     {identity.English: "suspended", identity.Chinese: "停用"},
	"lift":        {identity.English: "no longer suspended", identity.Chinese: "恢复使用"},
	"clear":       {identity.English: "on the map", identity.Chinese: "审核通过，已上线"},
	"send_back":   {identity.English: "a draft again", identity.Chinese: "退回草稿"},
	"carry_stars": {identity.English: "its stars stay", identity.Chinese: "评分保留"},
	"drop_stars":  {identity.English: "its stars of before are dropped", identity.Chinese: "原评分不再沿用"},
	"take_back":   {identity.English: "edits were taken back", identity.Chinese: "修改已撤回"},
	"merge":       {identity.English: "merged with another place", identity.Chinese: "与另一店铺合并"},
	"unmerge":     {identity.English: "a place of its own again", identity.Chinese: "恢复为独立店铺"},
}

// apart stands between the action and the reason in Detail.
const apart = "\n"

// Text is the notice as a line, in a language.
func (n *Notice) Text(l identity.Language) string {
	if l != identity.Chinese {
		l = identity.English
	}
	detail, place := n.Detail, n.PlaceName
	if action, reason, both := strings.Cut(detail, apart); both && n.Kind == Decided {
		if words := actions[action][l]; words != "" {
			action = words
		}
		detail = action + map[identity.Language]string{identity.English: ". ", identity.Chinese: "。"}[l] + reason
	}
	if detail == "" {
		detail = unnamed[l]
	}
	if place == "" {
		place = unnamed[l]
	}
	return strings.NewReplacer("%p", place, "%d", detail).Replace(texts[n.Kind][l])
}
