package identity

import (
	"strings"
	"unicode/utf8"

	"corner/fault"
	"corner/text"
)

// Device is the phone that an app runs on, as the app tells it. The zero Device is
// one that does not tell.
type Device struct {
	ID   string // random, made by the app once and kept; it proves nothing
	Name string // for the owner to know it by: "小王的 Mate 60"
}

// Bounds of what an app tells of its device.
const (
	MinDeviceID   = 8  // bytes
	MaxDeviceID   = 64 // bytes
	MaxDeviceName = 60 // characters
)

// ParseDevice checks what an app tells of its device. Both parts may be left out; a
// name is taken without the spaces around it. The faults are at /device_id and
// /device_name.
func ParseDevice(id, name string) (Device, error) {
	const plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"
	var in fault.Input
	in.Check(id == "" || len(id) >= MinDeviceID && len(id) <= MaxDeviceID && strings.Trim(id, plain) == "", "device_id", fault.BadFormat)
	name = text.Visible(name)
	if flaw, flawed := text.FlawOfLine(name); flawed {
		in.Add("device_name", flaw)
	} else {
		in.Check(utf8.RuneCountInString(name) <= MaxDeviceName, "device_name", fault.TooLong)
	}
	if err := in.Err(); err != nil {
		return Device{}, err
	}
	return Device{ID: id, Name: name}, nil
}
