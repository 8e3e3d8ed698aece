package catalog

import (
	"embed"
	"html"
	"net/http"
	"regexp"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

//go:embed frame.svg motif/*.svg icon/*.svg
var drawings embed.FS

// appSlug is what an app's picture may be asked for by.
var appSlug = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// productPicture serves an upload, or a drawing when the name ends in .svg.
func (s *Service) productPicture(w http.ResponseWriter, r *http.Request) error {
	file := web.PathText(r, "file")
	if !strings.HasSuffix(file, ".svg") {
		return s.uploadedPicture(w, r, file)
	}
	svg, ok := drawing(file)
	if !ok {
		return noPicture(file)
	}
	sendPicture(w, svg)
	return nil
}

// drawing draws "<motif>-<palette>.svg".
func drawing(file string) (string, bool) {
	name := strings.TrimSuffix(file, ".svg")
	dash := strings.LastIndexByte(name, '-')
	if dash < 0 {
		return "", false
	}
	return draw(name[:dash], name[dash+1:])
}

// draw puts a motif into the common frame and fills a palette's colours in.
func draw(motif, colours string) (string, bool) {
	p, known := palettes[colours]
	drawing, err := drawings.ReadFile("motif/" + motif + ".svg")
	if err != nil || !known {
		return "", false
	}
	frame, err := drawings.ReadFile("frame.svg")
	return p.paint(strings.Replace(string(frame), "{drawing}", string(drawing), 1)), err == nil
}

// appPicture draws an app's own icon, or a tile with its initial.
func appPicture(w http.ResponseWriter, r *http.Request) error {
	file := web.PathText(r, "file")
	slug, isSVG := strings.CutSuffix(file, ".svg")
	if !isSVG || !appSlug.MatchString(slug) {
		return noPicture(file)
	}
	drawing, err := drawings.ReadFile("icon/" + slug + ".svg")
	if err != nil {
		drawing, err = drawings.ReadFile("icon/letter.svg")
	}
	if err != nil {
		return err
	}
	letter := html.EscapeString(strings.ToUpper(slug[:1]))
	sendPicture(w, paletteOf(slug).paint(strings.ReplaceAll(string(drawing), "{letter}", letter)))
	return nil
}

func noPicture(file string) error {
	return problem.New(http.StatusNotFound, api.CodeNotFound, "There is no picture %s.", file)
}

// sendPicture answers with a drawing that pages of any origin may show. Opened
// by itself it is a document, so it gets no rights at all.
func sendPicture(w http.ResponseWriter, svg string) {
	h := w.Header()
	h.Set("Content-Type", "image/svg+xml")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Cache-Control", "public, max-age=86400")
	_, _ = w.Write([]byte(svg)) // the caller has gone: nobody is left to tell
}
