package static

import (
	"fmt"
	"io/fs"
	"path"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// scripts are the modules by name. Each is made lean when it is first asked
// for, so that the server starts without waiting.
var scripts = sync.OnceValues(func() (map[string]script, error) {
	all := map[string]script{}
	return all, fs.WalkDir(embedded, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".js" {
			return err
		}
		source, err := embedded.ReadFile(name)
		all[name] = script{source, sync.OnceValue(func() []byte {
			if text, err := lean(name, source); err == nil {
				return text
			}
			return source // a browser says what is wrong with it
		})}
		return err
	})
})

// script is a module as it is written, and as it is served.
type script struct {
	source []byte
	served func() []byte
}

// lean leaves out what a browser does not need of a script: comments, white
// space and long names. That makes half of a page's scripts. What a module
// imports stays as it is written, so that the import map finds it.
func lean(name string, source []byte) ([]byte, error) {
	out := api.Transform(string(source), api.TransformOptions{
		Sourcefile: name, Format: api.FormatESModule, Target: api.ES2022,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
	})
	if len(out.Errors) > 0 {
		return nil, fmt.Errorf("static: %s: %s", name, out.Errors[0].Text)
	}
	return out.Code, nil
}
