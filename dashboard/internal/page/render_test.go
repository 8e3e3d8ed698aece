package page_test

import (
	"testing"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/static"
)

func TestTemplatesParse(t *testing.T) {
	t.Parallel()
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := page.Load(assets, "http://api.selorax.localhost:5001"); err != nil {
		t.Fatal(err)
	}
}
