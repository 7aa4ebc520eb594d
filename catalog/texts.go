package catalog

import (
	"bytes"
	"reflect"
	"slices"

	"corner/fault"
)

// placeTexts and serviceTexts are the fields that somebody may change who may edit nothing but texts.
var (
	placeTexts   = []string{"name", "names.zh", "names.en", "branch"}
	serviceTexts = []string{"name", "description", "section"}
)

var notYourRole = fault.Reason{Code: "not_your_role", En: "is not for your role to change", Zh: "您的角色不能修改此项"}

// onlyPlaceTexts names what a change of a place changes beside texts.
func onlyPlaceTexts(before Place, after *Place) error {
	facts := placeFacts(&before)
	before.Names, before.Branch = after.Names, after.Branch
	return onlyTexts(reflect.DeepEqual(before, *after), facts, placeFacts(after), placeTexts)
}

// onlyServiceTexts names what a change of a service changes beside texts.
func onlyServiceTexts(before Service, after *Service) error {
	facts := serviceFacts(&before)
	before.Name, before.Description, before.Section = after.Name, after.Description, after.Section
	return onlyTexts(reflect.DeepEqual(before, *after), facts, serviceFacts(after), serviceTexts)
}

// onlyTexts is nil if all else is the same, and otherwise names the fields that are not; what no fact tells is refused
// as a whole.
func onlyTexts(same bool, before, after []fact, texts []string) error {
	if same {
		return nil
	}
	var in fault.Input
	for i, now := range after {
		if !slices.Contains(texts, now.field) && !bytes.Equal(before[i].json(), now.json()) {
			in.Add(now.field, notYourRole)
		}
	}
	if in.Err() == nil {
		in.Add("", notYourRole)
	}
	return in.Err()
}
