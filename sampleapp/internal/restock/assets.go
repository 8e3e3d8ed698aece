package restock

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed web
var web embed.FS

// assets are the scripts, styles and pictures, by a name that holds the hash of
// the content: a browser may keep them for good.
type assets struct {
	byURL map[string]asset
	urls  map[string]string // "page.css" → "/assets/page.1a2b3c4d.css"
}

type asset struct {
	kind string
	text []byte
}

func loadAssets() (assets, error) {
	a := assets{byURL: map[string]asset{}, urls: map[string]string{}}
	files, err := fs.Glob(web, "web/*.*")
	if err != nil {
		return a, err
	}
	for _, file := range files {
		ext := path.Ext(file)
		if ext == ".html" {
			continue
		}
		text, err := web.ReadFile(file)
		if err != nil {
			return a, err
		}
		sum := sha256.Sum256(text)
		name := strings.TrimSuffix(path.Base(file), ext)
		hashed := name + "." + hex.EncodeToString(sum[:4]) + ext
		a.byURL[hashed] = asset{kind: mime.TypeByExtension(ext), text: text}
		a.urls[path.Base(file)] = "/assets/" + hashed
	}
	return a, nil
}

// url is the address of an asset, for the pages.
func (a assets) url(name string) string { return a.urls[name] }

func (a assets) serve(w http.ResponseWriter, r *http.Request) {
	found, ok := a.byURL[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", found.kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(found.text)
}
