package catalog

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// Bounds of a variant's pictures.
const (
	maxImages   = 20
	maxImageURL = 2048
)

// Image returns the URL of a picture that is stored as a key. A URL stays as
// it is, since a product may show a picture from anywhere, and "" stays empty.
func Image(publicURL, key string) string {
	if key == "" || strings.HasPrefix(key, "http://") || strings.HasPrefix(key, "https://") {
		return key
	}
	return publicURL + "/media/" + key
}

// images does for a comma-separated list what Image does for one.
func images(publicURL string, keys *string) *string {
	if keys == nil {
		return nil
	}
	urls := strings.Split(*keys, ",")
	for n, key := range urls {
		urls[n] = Image(publicURL, strings.TrimSpace(key))
	}
	joined := strings.Join(urls, ",")
	return &joined
}

// applyImages puts the pictures of a request into a variant. The platform's own
// URLs, as answers have them, are kept as the keys they stand for.
func (s *Service) applyImages(tx *db.Tx, c *complaints, storeID int64, in api.Change[string], v *api.Variant) error {
	if !in.Given {
		return nil
	}
	if v.Images = nil; in.Value == nil || strings.TrimSpace(*in.Value) == "" {
		return nil
	}
	keys := strings.Split(*in.Value, ",")
	if len(keys) > maxImages {
		c.require(false, "images", "must name at most %d pictures", maxImages)
		return nil
	}
	for n, key := range keys {
		keys[n] = strings.TrimPrefix(strings.TrimSpace(key), s.PublicURL+"/media/")
		ok, err := isPicture(tx, storeID, keys[n])
		if err != nil {
			return err
		}
		c.require(ok, "images", "must name keys of pictures uploaded to this store, or http(s) URLs; %.100q is neither", keys[n])
	}
	joined := strings.Join(keys, ",")
	v.Images = &joined
	return nil
}

// isPicture reports whether a variant of the store may show a picture: any URL,
// the demo's drawings and the store's uploads.
func isPicture(tx *db.Tx, storeID int64, key string) (bool, error) {
	if u, err := url.Parse(key); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
		return u.Host != "" && u.User == nil && len(key) <= maxImageURL, nil
	}
	file, ok := strings.CutPrefix(key, pictureFolder)
	if !ok {
		return false, nil
	}
	if strings.HasSuffix(file, ".svg") {
		_, ok := drawing(file)
		return ok, nil
	}
	return hasPicture(tx, storeID, key)
}

// uploadedPicture serves a picture that was uploaded, for pages of any origin.
// Its name tells its content, so it may be kept for good.
func (s *Service) uploadedPicture(w http.ResponseWriter, r *http.Request, file string) error {
	var p picture
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		p, err = pictureByKey(tx, pictureFolder+file)
		return err
	})
	if db.IsNone(err) {
		return noPicture(file)
	}
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", p.contentType)
	h.Set("Content-Length", strconv.Itoa(len(p.content)))
	h.Set("Content-Security-Policy", "default-src 'none'")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(p.content) // the caller has gone: nobody is left to tell
	return nil
}
