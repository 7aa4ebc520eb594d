package osm

// Tags is every tag that has a branch.
func Tags() []string {
	var tags []string
	for tag := range byTag {
		tags = append(tags, tag)
	}
	return tags
}
