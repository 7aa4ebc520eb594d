package catalog

// brand is what the place is a branch of: what whoever sends the draft says, which may have
// been read in a directory, or what its names speak of. Phones do not send it.
func (d Draft) brand() string {
	if _, known := BrandByKey(d.Brand); known {
		return d.Brand
	}
	return BrandOf(d.Names)
}
