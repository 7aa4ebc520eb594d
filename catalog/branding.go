package catalog

// brand is what the place is a branch of. Whoever sends a draft may have read it in a
// directory; phones do not send it.
func (d Draft) brand() string { return d.Brand }
