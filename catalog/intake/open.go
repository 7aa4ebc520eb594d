package intake

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"

	"corner/catalog"
)

// Options say how a file is to be read; with none it says so itself.
type Options struct {
	Format    string        // one of Formats; "": by its beginning
	Columns   Columns       // of a table
	Preset    string        // one of PresetNames; "": by the header
	Directory string        // what goes before ids without a colon; "": the file's name
	Tree      *catalog.Tree // what categories there are; nil: catalog.BuiltIn
}

// Formats are what can be read: tables; a FeatureCollection; features line by line, or
// as a sequence of RFC 8142.
var Formats = []string{"csv", "geojson", "geojsonl"}

// Open reads the beginning of a file of the given name. What is no file of a known
// format is ErrFormat.
func Open(name string, r io.Reader, o Options) (Reader, error) {
	if o.Directory == "" {
		base := filepath.Base(name)
		o.Directory = strings.TrimSuffix(base, filepath.Ext(base))
	}
	from := bufio.NewReaderSize(r, 64<<10)
	if o.Format == "" {
		begin, _ := from.Peek(from.Size()) // an error comes again when the file is read
		o.Format = formatOf(begin)
	}
	switch o.Format {
	case "csv":
		return newCSV(from, o)
	case "geojson":
		return newGeoJSON(newCollection(from), o), nil
	case "geojsonl":
		return newGeoJSON(newSequence(from), o), nil
	}
	return nil, fmt.Errorf("--format: %q is none of %s", o.Format, strings.Join(Formats, ", "))
}

// oneFeature is the beginning of a feature whose line may be longer than what is seen.
var oneFeature = regexp.MustCompile(`^\{\s*"type"\s*:\s*"Feature"\s*,`)

// formatOf guesses the format by the beginning of a file.
func formatOf(begin []byte) string {
	begin = bytes.TrimSpace(bytes.TrimPrefix(begin, []byte("\ufeff")))
	switch {
	case bytes.HasPrefix(begin, []byte{recordSeparator}):
		return "geojsonl"
	case !bytes.HasPrefix(begin, []byte("{")):
		return "csv"
	}
	first, _, _ := bytes.Cut(begin, []byte("\n"))
	if f, err := parseFeature(first); err == nil && f.Type == "Feature" || oneFeature.Match(first) {
		return "geojsonl"
	}
	return "geojson"
}
