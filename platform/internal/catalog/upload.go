package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Bounds of an upload, and the part of the form that holds the files.
const (
	maxFile   = 5 << 20
	maxFiles  = 10
	maxParts  = 100
	maxUpload = maxFiles*maxFile + 64<<10 // with the heads of the parts
	filesPart = "files"

	pictureFolder = "products/"
)

// kinds are the pictures that are taken, and how their keys end. SVG is none of
// them, since it may carry scripts.
var kinds = map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "image/gif": ".gif"}

// picture is a file that was uploaded, recognised by its content.
type picture struct {
	key         string
	contentType string
	content     []byte
}

// readPictures reads the files of a form and the names of its other parts.
func readPictures(r *http.Request, storeID int64) (list []picture, others []string, err error) {
	form, err := r.MultipartReader()
	if err != nil {
		return nil, nil, problem.New(http.StatusUnsupportedMediaType, api.CodeUnsupportedMediaType,
			"Send the pictures as multipart/form-data, each in a part named %s.", filesPart)
	}
	for n := 0; ; n++ {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, badForm(err)
		}
		if n == maxParts {
			return nil, nil, problem.Invalid(filesPart, "must be among at most %d parts", maxParts)
		}
		if part.FormName() != filesPart {
			others = append(others, part.FormName())
			continue
		}
		if len(list) == maxFiles {
			return nil, nil, problem.Invalid(filesPart, "must be at most %d files", maxFiles)
		}
		p, err := readPicture(part, len(list), storeID)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, p)
	}
	if list == nil {
		return nil, nil, problem.Invalid(filesPart, "is required: send one or more pictures in parts of this name")
	}
	return list, others, nil
}

// readPicture reads the n-th file.
func readPicture(part *multipart.Part, n int, storeID int64) (p picture, err error) {
	place := fmt.Sprintf("%s[%d]", filesPart, n)
	if p.content, err = io.ReadAll(io.LimitReader(part, maxFile+1)); err != nil {
		return p, badForm(err)
	}
	if len(p.content) > maxFile {
		return p, problem.New(http.StatusRequestEntityTooLarge, api.CodePayloadTooLarge, "%s has more than %d bytes.", place, maxFile)
	}
	p.contentType = http.DetectContentType(p.content)
	ending, known := kinds[p.contentType]
	if !known {
		return p, problem.New(http.StatusUnsupportedMediaType, api.CodeUnsupportedMediaType,
			"%s is no PNG, JPEG, WebP or GIF, whatever its name says.", place)
	}
	hash := sha256.New()
	_, _ = fmt.Fprintf(hash, "store %d\n", storeID) // a hash takes everything
	_, _ = hash.Write(p.content)
	p.key = pictureFolder + hex.EncodeToString(hash.Sum(nil)[:16]) + ending
	return p, nil
}

// badForm says what is wrong with a form that cannot be read.
func badForm(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return problem.New(http.StatusRequestEntityTooLarge, api.CodePayloadTooLarge, "The body may have at most %d bytes.", tooLarge.Limit)
	}
	return problem.New(http.StatusBadRequest, api.CodeValidation, "The body is not a whole multipart form.")
}

// serveUpload keeps pictures and answers with the keys that variants name them
// by. The product itself is not changed.
func (s *Service) serveUpload(w http.ResponseWriter, r *http.Request) error {
	productID, err := web.PathID(r, "product_id")
	if err != nil {
		return err
	}
	storeID := web.CallerOf(r).StoreID
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error { return Check(tx, storeID, productID) })
	if err != nil {
		return err
	}
	web.AllowBody(w, r, maxUpload)
	list, others, err := readPictures(r, storeID)
	if err != nil {
		return err
	}
	if err := web.UnknownParts(w, r, others, filesPart); err != nil {
		return err
	}
	stored := make([]api.ProductImage, len(list))
	for n, p := range list {
		stored[n] = api.ProductImage{StoredKey: p.key, URL: Image(s.PublicURL, p.key), ContentType: p.contentType, Size: len(p.content)}
	}
	return s.Writes.Created(w, r, stored, "Images stored.", func(tx *db.Tx) (any, error) {
		return stored, keep(tx, storeID, productID, list)
	})
}

// keep writes pictures for a product. Those that the store has stay.
func keep(tx *db.Tx, storeID, productID int64, list []picture) error {
	if err := Check(tx, storeID, productID); err != nil {
		return err
	}
	for _, p := range list {
		if err := insertPicture(tx, storeID, p); err != nil {
			return err
		}
	}
	return nil
}

func insertPicture(tx *db.Tx, storeID int64, p picture) error {
	_, err := tx.Exec(`INSERT INTO picture (stored_key, store_id, content_type, content, created_ms) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (stored_key) DO NOTHING`, p.key, storeID, p.contentType, p.content, tx.NowMS())
	return err
}

func pictureByKey(tx *db.Tx, key string) (picture, error) {
	return db.One(tx, func(r db.Row) (picture, error) {
		p := picture{key: key}
		err := r.Scan(&p.contentType, &p.content)
		return p, err
	}, `SELECT content_type, content FROM picture WHERE stored_key = $1`, key)
}

func hasPicture(tx *db.Tx, storeID int64, key string) (bool, error) {
	n, err := db.One(tx, db.Value[int], `SELECT COUNT(*) FROM picture WHERE stored_key = $1 AND store_id = $2`, key, storeID)
	return n == 1, err
}
