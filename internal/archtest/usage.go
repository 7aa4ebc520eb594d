package archtest

import "slices"

// uses lists what a file may not take from the standard library, and why.
var uses = []struct {
	pkg   string
	names []string
	holds func(Row) bool
	why   string
}{
	{
		"time",
		of("Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer", "Sleep"),
		func(r Row) bool { return r.Layer == Domain },
		"a domain room is told the time, by a parameter or its Now field",
	},
	{
		"net/http",
		of(
			"DefaultClient",
			"DefaultTransport",
			"DefaultServeMux",
			"Get",
			"Head",
			"Post",
			"PostForm",
			"Handle",
			"HandleFunc",
			"ListenAndServe",
			"ListenAndServeTLS",
		),
		func(Row) bool { return true },
		"the defaults have no deadline, and everybody shares them",
	},
	{
		"log/slog",
		of("Default", "SetDefault", "Debug", "Info", "Warn", "Error", "Log", "DebugContext", "InfoContext", "WarnContext", "ErrorContext"),
		func(r Row) bool { return r.Layer != Command },
		"a logger is passed in, never the default one",
	},
	{
		"strconv",
		of("ParseFloat", "FormatFloat", "AppendFloat"),
		func(r Row) bool { return r.Room == "money" },
		"money knows no float",
	},
}

func refuseUse(row Row, pkg, name string) string {
	for _, use := range uses {
		if use.pkg == pkg && slices.Contains(use.names, name) && use.holds(row) {
			return use.why
		}
	}
	return ""
}
