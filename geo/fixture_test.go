package geo

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// fixture reads a CSV file of testdata; it is always there.
func fixture(t testing.TB, name string) []map[string]string {
	t.Helper()
	return readCSV(t, filepath.Join("testdata", name))
}

// sharedData reads a CSV file of the shared data folder.
func sharedData(t testing.TB, name string) []map[string]string {
	t.Helper()
	return readCSV(t, sharedPath(t, name))
}

// sharedPath finds a file that may not be copied into the repository: in
// CORNER_DATA_FIXTURES, or in shared/data beside a parent folder. Without it the test
// is skipped.
func sharedPath(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("CORNER_DATA_FIXTURES")
	if dir == "" {
		dir = findUp("shared/data")
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); dir == "" || err != nil {
		t.Skipf("NOT RUN: %s: no %s (set CORNER_DATA_FIXTURES to the data folder)", t.Name(), name)
	}
	return path
}

func findUp(rel string) string {
	dir, err := os.Getwd()
	for err == nil {
		path := filepath.Join(dir, filepath.FromSlash(rel))
		if info, statErr := os.Stat(path); statErr == nil && info.IsDir() {
			return path
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
	return ""
}

func readCSV(t testing.TB, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]map[string]string, 0, len(records)-1)
	for _, record := range records[1:] {
		row := make(map[string]string, len(record))
		for i, column := range records[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func number(t testing.TB, row map[string]string, column string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(row[column], 64)
	if err != nil {
		t.Fatalf("column %s: %v", column, err)
	}
	return v
}

func pointOf(t testing.TB, row map[string]string, lat, lng string) Point {
	t.Helper()
	return Point{number(t, row, lat), number(t, row, lng)}
}
