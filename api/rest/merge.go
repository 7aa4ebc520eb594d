package rest

// mergePatch is RFC 7396: target with patch applied. Values are as encoding/json
// decodes them into an any.
func mergePatch(target, patch any) any {
	changes, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	merged := map[string]any{}
	if object, ok := target.(map[string]any); ok {
		for k, v := range object {
			merged[k] = v
		}
	}
	for k, v := range changes {
		if v == nil {
			delete(merged, k)
			continue
		}
		merged[k] = mergePatch(merged[k], v)
	}
	return merged
}
