package app_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/timer"
)

// stored is what the platform would sign with and compare to.
type stored struct{ key, hook, next string }

func (b *bench) stored(clientSecret string) (s stored, authenticates bool) {
	b.t.Helper()
	err := b.db.Read(b.t.Context(), func(tx *db.Tx) (err error) {
		box := apptest.Box(b.t)
		if s.key, err = app.SigningKey(tx, box, 1); err != nil {
			return err
		}
		if s.hook, err = app.WebhookSecret(tx, box, 1); err != nil {
			return err
		}
		if s.next, err = app.NextWebhookSecret(tx, box, 1); err != nil {
			return err
		}
		authenticates, err = app.SecretMatches(tx, 1, clientSecret)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return s, authenticates
}

func TestRotateSecretAndKey(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	made := b.create(ada, nil)
	fresh := get[api.RotatedSecret](b, ada, http.MethodPost, "/api/apps/1/rotate-secret", nil)
	if _, ok := b.stored(made.ClientSecret); ok {
		t.Error("the old secret still works")
	}
	if _, ok := b.stored(fresh.ClientSecret); !ok || fresh.ClientID != made.ClientID {
		t.Errorf("the new secret does not work: %+v", fresh)
	}
	key := get[api.RotatedKey](b, ada, http.MethodPost, "/api/apps/1/generate-signing-key", nil)
	if now, _ := b.stored(""); now.key != key.SessionSigningKey || len(now.key) != 64 || now.key == made.SessionSigningKey {
		t.Errorf("the key is %q", now.key)
	}
	for _, secret := range []string{fresh.ClientSecret, key.SessionSigningKey} {
		if strings.Contains(b.log.String(), secret) {
			t.Error("a secret is in the log")
		}
	}
}

func TestWebhookSecretChangesAfterADay(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	made := b.create(ada, nil)
	next := get[api.RotatedWebhookSecret](b, ada, http.MethodPost, "/api/apps/1/rotate-webhook-secret", api.WebhookSecretRotation{})
	due := b.db.Clock.Now().Add(24 * time.Hour)
	if next.ActivatesAt == nil || !next.ActivatesAt.Equal(due) {
		t.Errorf("activates at %v, want %v", next.ActivatesAt, due)
	}
	if now, _ := b.stored(""); now.hook != made.WebhookSigningSecret || now.next != next.WebhookSigningSecret {
		t.Errorf("got %+v", now)
	}
	if shown := get[api.PortalApp](b, ada, http.MethodGet, "/api/apps/1", nil); shown.WebhookSecretChangesAt == nil || !shown.WebhookSecretChangesAt.Equal(due) {
		t.Errorf("shown: %v", shown.WebhookSecretChangesAt)
	}
	b.advance(23 * time.Hour)
	if now, _ := b.stored(""); now.next == "" {
		t.Error("it changed too early")
	}
	b.advance(time.Hour)
	if now, _ := b.stored(""); now.hook != next.WebhookSigningSecret || now.next != "" {
		t.Errorf("after a day: %+v", now)
	}
}

func (b *bench) advance(by time.Duration) {
	b.t.Helper()
	if err := b.portal.Timer.Advance(b.t.Context(), timer.Move{By: by}); err != nil {
		b.t.Fatal(err)
	}
}

func TestWebhookSecretRotatedAgainWaitsAnew(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	made := b.create(ada, nil)
	first := get[api.RotatedWebhookSecret](b, ada, http.MethodPost, "/api/apps/1/rotate-webhook-secret", api.WebhookSecretRotation{})
	b.advance(12 * time.Hour)
	second := get[api.RotatedWebhookSecret](b, ada, http.MethodPost, "/api/apps/1/rotate-webhook-secret", api.WebhookSecretRotation{})
	b.advance(12 * time.Hour) // the first one's day is over
	if now, _ := b.stored(""); now.hook != made.WebhookSigningSecret || now.next != second.WebhookSigningSecret || first == second {
		t.Errorf("got %+v", now)
	}
	get[api.PortalApp](b, ada, http.MethodPost, "/api/apps/1/activate-webhook-secret", nil)
	if now, _ := b.stored(""); now.hook != second.WebhookSigningSecret || now.next != "" {
		t.Errorf("activated by call: %+v", now)
	}
	b.refused(http.StatusConflict, ada, http.MethodPost, "/api/apps/1/activate-webhook-secret", nil)
}

func TestALeakedWebhookSecretEndsAtOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.create(ada, nil)
	get[api.RotatedWebhookSecret](b, ada, http.MethodPost, "/api/apps/1/rotate-webhook-secret", api.WebhookSecretRotation{})
	fresh := get[api.RotatedWebhookSecret](b, ada, http.MethodPost, "/api/apps/1/rotate-webhook-secret", api.WebhookSecretRotation{Immediate: true})
	if now, _ := b.stored(""); now.hook != fresh.WebhookSigningSecret || now.next != "" || fresh.ActivatesAt != nil {
		t.Errorf("got %+v of %+v", now, fresh)
	}
	b.advance(48 * time.Hour)
	if now, _ := b.stored(""); now.hook != fresh.WebhookSigningSecret {
		t.Error("the next secret of before came after all")
	}
}
