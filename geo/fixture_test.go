package geo

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"corner/internal/fixtures"
)

// fixture reads a CSV file of testdata; it is always there.
func fixture(t testing.TB, name string) []map[string]string {
	t.Helper()
	return readCSV(t, filepath.Join("testdata", name))
}

// sharedData reads a CSV file of the shared data folder.
func sharedData(t testing.TB, name string) []map[string]string {
	t.Helper()
	return readCSV(t, fixtures.File(t, name))
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
