package text_test

import (
	"fmt"
	"slices"

	"corner/text"
)

// Names and questions are compared folded: 賈炳達道公園 is found by 贾炳达道公园.
func ExampleFold() {
	fmt.Println(text.Fold("賈炳達道公園"))
	fmt.Println(text.Fold("Ｊｏｅ’s Café"))
	// Output:
	// 贾炳达道公园
	// joes cafe
}

func ExampleSyllables() {
	fmt.Println(slices.Collect(text.Syllables("xiche")), text.Readings('车'))
	// Output: [[xi che]] [che ju]
}
