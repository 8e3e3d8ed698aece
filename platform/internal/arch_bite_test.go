package internal_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// plants are small sources, each with at most one thing wrong.
var plants = map[string]struct {
	path, source, want string // no want: nothing to complain about
}{
	"earlier package":          {"internal/db/a.go", `import _ "` + module + `internal/clock"`, ""},
	"later package":            {"internal/clock/a.go", `import _ "` + module + `internal/db"`, "internal/clock/a.go imports internal/db"},
	"later domain":             {"internal/order/a.go", `import _ "` + module + `internal/webhook"`, "imports internal/webhook"},
	"package not listed":       {"internal/util/a.go", ``, "internal/util is not in the list"},
	"not listed import":        {"internal/db/a.go", `import _ "` + module + `internal/util"`, "imports internal/util"},
	"contract alone":           {"design/a.go", `import _ "` + module + `api"`, "design/a.go imports api"},
	"command alone":            {"cmd/sx/a.go", `import _ "` + module + `internal/db"`, "cmd/sx/a.go imports internal/db"},
	"command's leaf":           {"cmd/sx/a.go", `import _ "` + module + `internal/sandbox/demo"`, ""},
	"test package":             {"internal/db/a.go", `import _ "` + module + `internal/db/dbtest"`, "imports internal/db/dbtest, which is for tests"},
	"test package in test":     {"internal/db/a_test.go", `import _ "` + module + `internal/db/dbtest"`, ""},
	"test package's import":    {"internal/queue/queuetest/a.go", `import _ "` + module + `internal/db/dbtest"`, ""},
	"library at home":          {"internal/web/a.go", `import _ "github.com/gorilla/mux"`, ""},
	"library elsewhere":        {"internal/app/a.go", `import _ "github.com/gorilla/mux"`, "imports github.com/gorilla/mux, which belongs to internal/web"},
	"library's subpackage":     {"internal/app/a.go", `import _ "github.com/riverqueue/river/riverdriver/riversqlite"`, "which belongs to internal/queue"},
	"unknown library":          {"internal/app/a.go", `import _ "github.com/acme/left-pad"`, "github.com/acme/left-pad, which belongs to nobody"},
	"like a library":           {"internal/queue/a.go", `import _ "github.com/riverqueue/riverpro"`, "which belongs to nobody"},
	"library in a test":        {"internal/app/a_test.go", `import _ "github.com/google/go-cmp/cmp"`, ""},
	"machine time":             {"internal/app/a.go", `import "time"` + "\nvar x = time.Now()", "internal/app/a.go:4 asks the machine for the time"},
	"machine time by value":    {"internal/app/a.go", `import "time"` + "\nvar now = time.Now", "asks the machine for the time"},
	"machine time, renamed":    {"internal/app/a.go", `import tm "time"` + "\nvar x = tm.Until(tm.Time{})", "asks the machine for the time"},
	"elapsed machine time":     {"internal/app/a.go", `import "time"` + "\nvar x = time.Since(time.Time{})", "asks the machine for the time"},
	"other uses of time":       {"internal/app/a.go", `import "time"` + "\nvar x = time.Second", ""},
	"machine time at home":     {"internal/clock/a.go", `import "time"` + "\nvar x = time.Now()", ""},
	"machine time in a test":   {"internal/app/a_test.go", `import "time"` + "\nvar x = time.Now()", ""},
	"init":                     {"internal/app/a.go", "func init() {}", "has an init function"},
	"method called init":       {"internal/app/a.go", "type t int\nfunc (t) init() {}", ""},
	"long file":                {"internal/app/a.go", strings.Repeat("//\n", maxFileLines), "internal/app/a.go has 403 lines"},
	"long function":            {"internal/app/a.go", "func f() {" + long + "}", "f has 61 lines"},
	"long method":              {"internal/app/a.go", "type t int\nfunc (*t) f() {" + long + "}", "t.f has 61 lines"},
	"long test":                {"internal/app/a_test.go", "func f() {" + long + "}", "f has 61 lines"},
	"full function":            {"internal/app/a.go", "func f() {" + long[1:] + "}", ""},
	"undocumented function":    {"internal/app/a.go", "func F() {}", "F has no comment"},
	"undocumented method":      {"internal/app/a.go", "// T is.\ntype T int\nfunc (T) M() {}", "T.M has no comment"},
	"undocumented type":        {"internal/app/a.go", "type T int", "T has no comment"},
	"undocumented constant":    {"internal/app/a.go", "const (\n\t// A is.\n\tA = 1\n\tB = 2\n)", "B has no comment"},
	"undocumented variable":    {"internal/app/a.go", "var V = 1", "V has no comment"},
	"documented group":         {"internal/app/a.go", "// Letters.\nconst (\n\tA = 1\n\tB = 2\n)", ""},
	"comment at the line":      {"internal/app/a.go", "const (\n\tA = 1 // first\n)", ""},
	"unexported":               {"internal/app/a.go", "func f() {}\ntype t struct{}", ""},
	"undocumented in a test":   {"internal/app/a_test.go", "func TestX() {}", ""},
	"doc.go without a comment": {"internal/app/doc.go", "", "internal/app has no doc.go"},
}

var long = strings.Repeat("\n", maxFunctionLines)

func TestEveryRuleBites(t *testing.T) {
	t.Parallel()
	for name, test := range plants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tree := fstest.MapFS{}
			dir := test.path[:strings.LastIndex(test.path, "/")]
			tree[dir+"/doc.go"] = &fstest.MapFile{Data: []byte("// Package x is documented.\npackage x\n")}
			tree[test.path] = &fstest.MapFile{Data: []byte("package x\n\n" + test.source + "\n")}
			got := check(load(t, tree))
			bitten := slices.ContainsFunc(got, func(c string) bool { return test.want != "" && strings.Contains(c, test.want) })
			if bitten != (test.want != "") || test.want == "" && len(got) > 0 {
				t.Errorf("want %q, got %q", test.want, got)
			}
		})
	}
}

func TestPackageNeedsDoc(t *testing.T) {
	t.Parallel()
	got := check(load(t, fstest.MapFS{"internal/app/a.go": {Data: []byte("package app\n")}}))
	if !slices.Contains(got, "internal/app has no doc.go with a package comment") {
		t.Errorf("got %q", got)
	}
}
