package main

import (
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
)

// newBar is a progress bar on standard error, with the rate and the time left.
func newBar(what string) *progressbar.ProgressBar { return progressbar.NewOptions(1, options(what)...) }

// newByteBar is a bar that counts bytes.
func newByteBar(what string, total int64) *progressbar.ProgressBar {
	return progressbar.NewOptions64(total, append(options(what), progressbar.OptionShowBytes(true))...)
}

func options(what string) []progressbar.Option {
	return []progressbar.Option{
		progressbar.OptionSetDescription(what),
		progressbar.OptionSetWriter(os.Stderr),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(200 * time.Millisecond),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionFullWidth(),
	}
}
