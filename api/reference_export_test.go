package api

import (
	"bytes"
	"text/template"
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
		docOperation
		Codes []string
	}
	type group struct {
		Name, About string
		Operations  []operation
	}
	s := (&API{}).server()
	var view struct {
		Groups   []group
		Problems []docProblem
	}
	for _, tag := range s.huma.OpenAPI().Tags {
		g := group{Name: tag.Name, About: tag.Description}
		for _, d := range s.docOperations(tag.Name) {
			o := operation{docOperation: d}
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
	for _, code := range s.faults.codes() {
		e := s.faults[code]
		view.Problems = append(view.Problems, docProblem{code, e.En, e.Zh, statusFor(e)})
	}
	var b bytes.Buffer
	if err := referenceTemplate.Execute(&b, view); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func commonCode(code string) bool {
	switch code {
	case ErrMalformed.Code, ErrTooLarge.Code, ErrContentType.Code, ErrTooFast.Code, ErrTimeout.Code, ErrInternal.Code,
		"request.invalid", "identity.token_invalid", "identity.sign_in_required", "request.idempotency_key_reused":
		return true
	}
	return false
}
