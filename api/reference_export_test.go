package api

import (
	"bytes"
	"text/template"

	"corner/api/rest"
)

var referenceTemplate = template.Must(template.New("reference").Parse(`# Reference

Written by ` + "`go test ./api -update`" + ` from the operations themselves; a test fails when it is out of date. The server shows the same at ` + "`/docs`" + `, with
every field, and as OpenAPI 3.1 at ` + "`/openapi.json`" + `.
{{range .Groups}}
## {{.Name}}

{{.About}}

| operation | | id | signed in | refusals |
|---|---|---|---|---|
{{range .Operations}}| ` + "`{{.Method}} {{.Path}}`" + ` | {{.Summary}} | ` + "`{{.ID}}`" + ` | {{if .SignedIn}}yes{{else}}no{{end}} | {{range .Codes}}` + "`{{.}}`" + ` {{end}}|
{{end}}{{end}}
## Every code

Besides its own, any operation can refuse with those of ` + "`request.*`" + ` and ` + "`server.*`" + `.

| status | code | |
|---|---|---|
{{range .Problems}}| {{.Status}} | ` + "`{{.Code}}`" + ` | {{.En}} · {{.Zh}} |
{{end}}`))

// Reference is docs/api/reference.md.
func Reference() []byte {
	type operation struct {
		rest.DocOperation
		Codes []string
	}
	type group struct {
		Name, About string
		Operations  []operation
	}
	s := (&API{}).server()
	var view struct {
		Groups   []group
		Problems []rest.DocProblem
	}
	for _, tag := range s.OpenAPI().Tags {
		g := group{Name: tag.Name, About: tag.Description}
		for _, d := range s.DocOperations(tag.Name) {
			o := operation{DocOperation: d}
			for _, a := range d.Answers {
				for _, code := range a.Codes {
					if !commonCode(code) {
						o.Codes = append(o.Codes, code)
					}
				}
			}
			g.Operations = append(g.Operations, o)
		}
		view.Groups = append(view.Groups, g)
	}
	for _, code := range s.Faults.Codes() {
		e := s.Faults[code]
		view.Problems = append(view.Problems, rest.DocProblem{Code: code, En: e.En, Zh: e.Zh, Status: rest.StatusFor(e)})
	}
	var b bytes.Buffer
	if err := referenceTemplate.Execute(&b, view); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func commonCode(code string) bool {
	switch code {
	case rest.ErrMalformed.Code,
		rest.ErrTooLarge.Code,
		rest.ErrContentType.Code,
		rest.ErrTooFast.Code,
		rest.ErrTimeout.Code,
		rest.ErrInternal.Code,
		"request.invalid",
		"identity.token_invalid",
		"identity.sign_in_required",
		"request.idempotency_key_reused":
		return true
	}
	return false
}
