package rest

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed" // the page's template, style and script
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"
)

var (
	//go:embed docs.html
	docsTemplate string
	//go:embed docs.css
	docsStyle string
	//go:embed docs.js
	docsScript string
)

// reference serves the document, and a page made of it that needs nothing from
// anywhere else. Both are made when first asked for.
func (s *Server) reference() {
	page := sync.OnceValue(s.page)
	s.engine.GET("/docs", func(g *gin.Context) {
		g.Header("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src '"+
			digest(docsStyle)+"'; script-src '"+digest(docsScript)+"'")
		g.Data(http.StatusOK, "text/html; charset=utf-8", page())
	})
	document := sync.OnceValue(func() []byte {
		b, err := json.Marshal(s.huma.OpenAPI())
		if err != nil {
			panic("rest: encode the OpenAPI document: " + err.Error()) // of our own structs only
		}
		return b
	})
	s.engine.GET("/openapi.json", func(g *gin.Context) { g.Data(http.StatusOK, "application/json", document()) })
	// A problem's type leads to its words.
	s.engine.GET("/problems/:code", func(g *gin.Context) {
		code := g.Param("code")
		if _, known := s.Faults[code]; !known {
			s.refuse(g, ErrNoOperation)
			return
		}
		g.Redirect(http.StatusSeeOther, "/docs#problem-"+code)
	})
}

// digest names an inline text in a Content-Security-Policy.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// The page's view of the document.
type (
	docPage struct {
		Title, Version string
		About          template.HTML
		Style          template.CSS
		Script         template.JS
		Groups         []docGroup
		Problems       []DocProblem
	}
	docGroup struct {
		Name, About string
		Operations  []DocOperation
	}
	// DocOperation is an operation as the page shows it.
	DocOperation struct {
		ID, Method, Path, Summary string
		About                     template.HTML
		SignedIn                  bool
		Parameters, Body          []docField
		Example                   string
		Answers                   []docAnswer
	}
	docField struct {
		Name, In, Type string
		Required       bool
		About          template.HTML
	}
	docAnswer struct {
		Status string
		About  template.HTML
		Fields []docField
		Codes  []string
	}
	// DocProblem is a code that operations can answer.
	DocProblem struct {
		Code, En, Zh string
		Status       int
	}
)

func (s *Server) page() []byte {
	o := s.huma.OpenAPI()
	view := docPage{
		Title: o.Info.Title, Version: o.Info.Version, About: paragraphs(o.Info.Description),
		Style: template.CSS(docsStyle), Script: template.JS(docsScript),
	}
	for _, tag := range o.Tags {
		view.Groups = append(view.Groups, docGroup{Name: tag.Name, About: tag.Description, Operations: s.DocOperations(tag.Name)})
	}
	for _, code := range s.Faults.Codes() {
		e := s.Faults[code]
		view.Problems = append(view.Problems, DocProblem{code, e.En, e.Zh, StatusFor(e)})
	}
	var b bytes.Buffer
	if err := template.Must(template.New("docs").Parse(docsTemplate)).Execute(&b, view); err != nil {
		panic("rest: render /docs: " + err.Error()) // of our own template and document only
	}
	return b.Bytes()
}

// DocOperations is the operations of a tag, by path.
func (s *Server) DocOperations(tag string) []DocOperation {
	var list []DocOperation
	for path, item := range s.huma.OpenAPI().Paths {
		for method, op := range OperationsOf(item) {
			if op.Tags[0] == tag {
				list = append(list, s.docOperation(method, path, op))
			}
		}
	}
	slices.SortFunc(list, func(a, b DocOperation) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	return list
}

func (s *Server) docOperation(method, path string, op *huma.Operation) DocOperation {
	d := DocOperation{ID: op.OperationID, Method: method, Path: path, Summary: op.Summary, About: paragraphs(op.Description)}
	d.SignedIn = len(op.Security) == 1
	for _, p := range op.Parameters {
		d.Parameters = append(d.Parameters, docField{
			Name: p.Name, In: p.In, Type: s.docType(p.Schema), Required: p.Required, About: paragraphs(p.Description),
		})
	}
	if op.RequestBody != nil && op.RequestBody.Content["application/json"] != nil {
		media := op.RequestBody.Content["application/json"]
		d.Body = s.docFields("", media.Schema)
		example, err := json.MarshalIndent(media.Example, "", "  ")
		if err == nil {
			d.Example = string(example)
		}
	}
	for status, r := range op.Responses {
		a := docAnswer{Status: status}
		text, codes, _ := strings.Cut(r.Description, "\n\n")
		a.About = paragraphs(text)
		for _, m := range codeLine.FindAllStringSubmatch(codes, -1) {
			a.Codes = append(a.Codes, m[1])
		}
		if media := r.Content["application/json"]; media != nil {
			a.Fields = s.docFields("", media.Schema)
		}
		d.Answers = append(d.Answers, a)
	}
	slices.SortFunc(d.Answers, func(a, b docAnswer) int { return cmp.Compare(a.Status, b.Status) })
	return d
}

// docFields is an object's members, those of objects within it below their path.
func (s *Server) docFields(prefix string, schema *huma.Schema) []docField {
	schema = s.resolve(schema)
	var list []docField
	names := make([]string, 0, len(schema.Properties))
	for name := range schema.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		p := schema.Properties[name]
		path := prefix + name
		list = append(list, docField{
			Name: path, Type: s.docType(p), Required: slices.Contains(schema.Required, name), About: paragraphs(p.Description),
		})
		switch inner := s.resolve(p); inner.Type {
		case huma.TypeObject:
			list = append(list, s.docFields(path+".", inner)...)
		case huma.TypeArray:
			list = append(list, s.docFields(path+"[].", inner.Items)...)
		}
	}
	return list
}

func (s *Server) docType(schema *huma.Schema) string {
	schema = s.resolve(schema)
	t := schema.Type
	if t == huma.TypeArray {
		t = "list of " + s.docType(schema.Items)
	}
	if schema.Format == "date-time" {
		t = "RFC 3339 time"
	}
	if len(schema.Enum) > 0 {
		var words []string
		for _, v := range schema.Enum {
			words = append(words, fmt.Sprint(v))
		}
		t = strings.Join(words, " | ")
	}
	if schema.Nullable {
		t += " or null"
	}
	return t
}

func (s *Server) resolve(schema *huma.Schema) *huma.Schema {
	for schema.Ref != "" {
		schema = s.huma.OpenAPI().Components.Schemas.SchemaFromRef(schema.Ref)
	}
	return schema
}

var (
	codeLine = regexp.MustCompile("(?m)^- `([a-z0-9_.]+)`")
	codeSpan = regexp.MustCompile("`([^`]+)`")
	strong   = regexp.MustCompile(`\*\*([^*]+)\*\*`)
)

// paragraphs is the little Markdown of our own descriptions as HTML.
func paragraphs(text string) template.HTML {
	var b strings.Builder
	for part := range strings.SplitSeq(text, "\n\n") {
		if part == "" {
			continue
		}
		part = template.HTMLEscapeString(part)
		part = codeSpan.ReplaceAllString(part, "<code>$1</code>")
		b.WriteString("<p>" + strong.ReplaceAllString(part, "<strong>$1</strong>") + "</p>")
	}
	return template.HTML(b.String())
}
