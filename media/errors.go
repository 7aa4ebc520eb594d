package media

import (
	"errors"
	"time"

	"corner/fault"
)

// What can go wrong with photos.
var (
	ErrNotFound = fault.New(fault.NotFound, "photo.not_found",
		"there is no such photo", "没有该照片")
	ErrStale = fault.New(fault.Stale, "photo.stale",
		"the photo has changed since you read it", "照片信息已被更新，请刷新后再改")
	ErrTooManyPhotos = fault.New(fault.Conflict, "photo.too_many",
		"the place has 30 photos, as many as it can hold", "该店铺已有 30 张照片，达到上限")
	ErrTooManyToday = fault.New(fault.TooMany, "photo.too_many_today",
		"you have uploaded as many photos as one person may in a day", "您今天上传的照片已达上限")
	ErrHEIC = fault.New(fault.UnsupportedContent, "photo.heic",
		"this is a HEIC photo; set the camera to the most compatible format, or send it as JPEG",
		"这是 HEIC 照片，请在相机设置中选择“兼容性最佳”，或以 JPEG 发送")
	ErrFormat = fault.New(fault.UnsupportedContent, "photo.unsupported_format",
		"photos are taken as JPEG, PNG or WebP", "照片只支持 JPEG、PNG 或 WebP 格式")
	ErrTooLarge = fault.New(fault.TooLarge, "photo.too_large",
		"the photo is larger than 20 MB", "照片超过 20 MB")
	ErrTooManyPixels = fault.New(fault.TooLarge, "photo.too_many_pixels",
		"the photo has more than 50 megapixels, or more than 12,000 pixels on a side", "照片超过 5000 万像素，或单边超过 12000 像素")
	ErrTooComplex = fault.New(fault.TooLarge, "photo.too_complex",
		"decoding the photo would take more memory than this server has for one; send it as an ordinary JPEG",
		"解码该照片所需的内存超过服务器上限，请以普通 JPEG 发送")
	ErrInterrupted = fault.New(fault.Unavailable, "photo.interrupted",
		"developing the photo was broken off; send it again", "照片处理中断，请重新发送").After(5 * time.Second)
	ErrBusy = fault.New(fault.Unavailable, "photo.busy",
		"too many photos are arriving at once; send it again in a moment", "上传的照片过多，请稍后重试").After(5 * time.Second)
)

// Broken is why a picture that claims a known format is no use.
var Broken = fault.Reason{Code: "broken", En: "is damaged, or was cut off on the way", Zh: "图片已损坏或传输不完整"}

// ErrBlobMissing is what a Blobs says of a key that it does not have.
var ErrBlobMissing = errors.New("the blob is not there")

// broken is the fault of a picture that cannot be decoded.
func broken() error {
	var in fault.Input
	in.Add(contentName, Broken)
	return in.Err()
}

// contentName stands for the picture itself in faults of input: it is the whole
// body, so that no member has a name.
const contentName = "photo"

// refusals are what a Developer may say of a picture, by their codes.
var refusals = []*fault.Error{ErrHEIC, ErrFormat, ErrTooLarge, ErrTooManyPixels, ErrTooComplex, ErrInterrupted}

// Refusal is what a Developer said of a picture, to be told to another process.
type Refusal struct {
	Code   string
	Format Format `json:",omitempty"` // what was sent instead of a picture we read
}

// RefusalOf is err as a Refusal; whatever is not the picture's fault is ErrInterrupted.
func RefusalOf(err error) Refusal {
	if fault.KindOf(err) == fault.Invalid {
		return Refusal{Code: Broken.Code}
	}
	for _, r := range refusals {
		if errors.Is(err, r) {
			told := Refusal{Code: r.Code}
			if e, ok := errors.AsType[*fault.Error](err); ok {
				told.Format, _ = e.Data.(Format)
			}
			return told
		}
	}
	return Refusal{Code: ErrInterrupted.Code}
}

// Err is the error that the refusal was made of.
func (r Refusal) Err() error {
	if r.Code == Broken.Code {
		return broken()
	}
	for _, e := range refusals {
		switch {
		case e.Code != r.Code:
		case r.Format != "":
			return e.WithData(r.Format)
		default:
			return e
		}
	}
	return ErrInterrupted
}

// unsupported names what was sent instead of a picture we read.
func unsupported(f Format) error {
	if f == HEIC {
		return ErrHEIC.WithData(f)
	}
	return ErrFormat.WithData(f)
}
