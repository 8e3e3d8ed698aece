package restock

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
)

//go:embed web
var web embed.FS

// assets are the scripts, styles and pictures. Their addresses hold a hash of
// all of them, so a browser may keep each for good, and scripts find one
// another by relative imports.
type assets struct {
	version string
	byName  map[string]asset
}

type asset struct {
	kind string
	text []byte
}

func loadAssets() (assets, error) {
	a := assets{byName: map[string]asset{}}
	files, err := fs.Glob(web, "web/*.*")
	if err != nil {
		return a, err
	}
	hash := sha256.New()
	for _, file := range files { // sorted, so the hash is the same each time
		ext := path.Ext(file)
		if ext == ".html" {
			continue
		}
		text, err := web.ReadFile(file)
		if err != nil {
			return a, err
		}
		hash.Write([]byte(file))
		hash.Write(text)
		a.byName[path.Base(file)] = asset{kind: kind(ext), text: text}
	}
	a.version = hex.EncodeToString(hash.Sum(nil)[:6])
	return a, nil
}

// kind is the content type of a file. Not every machine knows these.
func kind(ext string) string {
	switch ext {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return mime.TypeByExtension(ext)
}

// url is the address of an asset, for the pages.
func (a assets) url(name string) string { return "/assets/" + a.version + "/" + name }

func (a assets) serve(w http.ResponseWriter, r *http.Request) {
	found, ok := a.byName[r.PathValue("name")]
	if !ok || r.PathValue("version") != a.version {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", found.kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(found.text) // the browser has gone: nobody is left to tell
}
