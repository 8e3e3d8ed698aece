package site

import (
	"bytes"
	"encoding/json"

	"github.com/selorax/sandbox/platform/api"
)

// longestExample is how many lines of JSON are seen at once.
const longestExample = 16

// galleryData is every component, by group.
type galleryData struct {
	Groups []componentGroup
	Images string // the origin that pictures may come from
}

// componentGroup are components of one kind.
type componentGroup struct {
	Name       string
	Components []componentExample
}

// componentExample is a component with its JSON as people write it.
type componentExample struct {
	api.Component
	Text  string
	Lines int // that are seen at once
}

// gallery shows every component of extensions with its JSON beside it.
func (v *visit) gallery() error {
	data := galleryData{Images: v.PlatformPublicURL}
	for _, c := range api.Components() {
		var text bytes.Buffer
		if err := json.Indent(&text, c.Example, "", "  "); err != nil {
			return err
		}
		if n := len(data.Groups); n == 0 || data.Groups[n-1].Name != c.Group {
			data.Groups = append(data.Groups, componentGroup{Name: c.Group})
		}
		last := &data.Groups[len(data.Groups)-1]
		last.Components = append(last.Components, componentExample{c, text.String(), min(longestExample, 1+bytes.Count(text.Bytes(), []byte("\n")))})
	}
	return v.show("shell/gallery", "Components", "gallery", data, policy{})
}
