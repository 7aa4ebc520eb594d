package rest

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"corner/fault"
)

// PatchOf is the schema of patches of a body: nothing required and everything nullable.
// It stands in the document only: what is checked is the body that comes of a patch.
func PatchOf(r huma.Registry, body reflect.Type) *huma.Schema {
	whole := r.SchemaFromRef(r.Schema(body, true, "").Ref)
	patch := &huma.Schema{
		Type: huma.TypeObject, AdditionalProperties: false, Properties: map[string]*huma.Schema{},
		Description: "An RFC 7396 merge patch: what is absent stays, null removes an optional member.",
	}
	for name, property := range whole.Properties {
		p := *property
		if p.Ref != "" {
			p = huma.Schema{Type: huma.TypeObject, AdditionalProperties: true, Description: property.Description + " Merged member by member."}
		}
		p.Nullable = p.Type == huma.TypeString
		patch.Properties[name] = &p
	}
	patch.PrecomputeMessages()
	return patch
}

// Whole is the schema of a body as it must be once a patch is merged.
func (s *Server) Whole(body reflect.Type) *huma.Schema {
	return s.huma.OpenAPI().Components.Schemas.Schema(body, true, "")
}

// Merge applies the call's patch to present, a body, and decodes what comes of it into
// out, another of its kind, having named what does not fit. It tells which members the
// patch touches.
func (c *Call) Merge(present, out any) (touched map[string]any, err error) {
	patch, err := DecodeJSON(c.Body)
	if err != nil {
		return nil, ErrMalformed
	}
	raw, err := json.Marshal(present)
	if err != nil {
		return nil, fmt.Errorf("write what is there: %w", err)
	}
	before, err := DecodeJSON(raw)
	if err != nil {
		return nil, fmt.Errorf("read what is there: %w", err)
	}
	merged := mergePatch(before, patch)
	if raw, err = json.Marshal(merged); err != nil {
		return nil, fmt.Errorf("write what was merged: %w", err)
	}
	Schemas{c.server.huma.OpenAPI().Components.Schemas}.Check(&c.Faults, c.server.Whole(reflect.TypeOf(present)), "", merged)
	if err := json.Unmarshal(raw, out); err != nil && c.Faults.none() {
		return nil, fmt.Errorf("read what was merged: %w", err)
	}
	touched, _ = patch.(map[string]any)
	return touched, nil
}

// IfMatchInput says which version is changed. It is exported because huma does not
// look into embedded structs that are not.
type IfMatchInput struct {
	IfMatch string `header:"If-Match" doc:"The ETag of the version that is changed. Required; * is not taken." example:"\"3\""`
	Token   string `header:"Idempotency-Key" maxLength:"255" pattern:"^[!-~]*$" doc:"Any text of the client's, new for each change. The same call with the same key within 24 hours, whatever its If-Match, changes nothing more and answers with what there is; another body under the same key is refused."`
}

// noVersion is of nothing: versions begin at 1.
const noVersion = 0

// RefuseVersion is the refusal of an If-Match that does not name the version there is.
// It leaves it to the room to say first whether the thing is the actor's: change is
// called with a version that cannot be, which makes it say so, or that the version is
// stale.
func (in IfMatchInput) RefuseVersion(change func(version int64) error) error {
	err := change(noVersion)
	if e, ok := asFault(err); ok && e.Kind == fault.Stale && (in.IfMatch == "" || in.IfMatch == "*") {
		return ErrIfMatchRequired
	}
	return err
}
