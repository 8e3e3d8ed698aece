package token_test

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/token"
	"github.com/selorax/sandbox/platform/internal/token/tokentest"
)

type bench struct {
	t              *testing.T
	db             *db.DB
	appID, otherID int64
	grant          token.Grant
}

func newBench(t *testing.T) *bench {
	d := dbtest.New(t)
	apptest.Seed(t, d)
	a, _ := apptest.Register(t, d, "restock", "", api.ReadOrders)
	other, _ := apptest.Register(t, d, "other", "", api.ReadOrders)
	installationID := apptest.Install(t, d, a.AppID, apptest.StoreID, api.ReadOrders)
	return &bench{t, d, a.AppID, other.AppID, token.Grant{InstallationID: installationID, Family: token.NewFamily(), Scopes: api.ScopeSet{api.ReadOrders}}}
}

func (b *bench) write(fn func(*db.Tx) error) {
	b.t.Helper()
	if err := b.db.Write(b.t.Context(), fn); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) issue() (p token.Pair) {
	b.t.Helper()
	b.write(func(tx *db.Tx) (err error) {
		p, err = token.Issue(tx, b.grant)
		return err
	})
	return p
}

func (b *bench) rotate(refresh string, appID int64) (p token.Pair, refusal error) {
	b.t.Helper()
	b.write(func(tx *db.Tx) (err error) {
		p, _, refusal, err = token.Rotate(tx, refresh, appID)
		return err
	})
	return p, refusal
}

func (b *bench) works(access string) bool { return tokentest.Works(b.t, b.db, access) }

func TestIssuedTokenWorksUntilItExpires(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := b.issue()
	if !b.works(p.Access) || b.works(p.Refresh) || b.works("") || b.works(p.Access+"0") {
		t.Error("Lookup does not tell tokens apart")
	}
	b.db.Clock.MoveTo(p.ExpiresAt.Add(-time.Second))
	if !b.works(p.Access) {
		t.Error("expired early")
	}
	b.db.Clock.MoveTo(p.ExpiresAt)
	if b.works(p.Access) {
		t.Error("works after its expiry")
	}
}

func TestOnlyHashesAreStored(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := b.issue()
	for _, table := range []string{"access_token", "refresh_token"} {
		if hash := dbtest.Value[string](t, b.db, `SELECT hash FROM `+table); strings.Contains(p.Access+p.Refresh, hash) || len(hash) != 64 {
			t.Errorf("%s holds %q", table, hash)
		}
	}
}

func TestRotateKeepsTheOldAccessToken(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	first := b.issue()
	second, refusal := b.rotate(first.Refresh, b.appID)
	if refusal != nil || !b.works(second.Access) || !b.works(first.Access) {
		t.Errorf("refusal %v", refusal)
	}
}

func TestReplacedTokenWorksWithinGrace(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	first := b.issue()
	b.rotate(first.Refresh, b.appID)
	again, refusal := b.rotate(first.Refresh, b.appID)
	if refusal != nil || !b.works(again.Access) {
		t.Errorf("refusal %v", refusal)
	}
}

func TestReplacedTokenAfterGraceRevokesTheFamily(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	first := b.issue()
	second, _ := b.rotate(first.Refresh, b.appID)
	past := clock.Machine().Add(-token.RefreshGrace - time.Second).UnixMilli()
	dbtest.Exec(t, b.db, `UPDATE refresh_token SET used_ms = $1 WHERE used_ms IS NOT NULL`, past)
	if _, refusal := b.rotate(first.Refresh, b.appID); !errors.Is(refusal, token.ErrReused) {
		t.Errorf("refusal %v", refusal)
	}
	if b.works(first.Access) || b.works(second.Access) {
		t.Error("access tokens outlived their family")
	}
	if _, refusal := b.rotate(second.Refresh, b.appID); !errors.Is(refusal, token.ErrUnknown) {
		t.Errorf("the newest refresh token still works: %v", refusal)
	}
}

func TestRefreshRefusals(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := b.issue()
	if _, refusal := b.rotate("sx_rt_nope", b.appID); !errors.Is(refusal, token.ErrUnknown) {
		t.Errorf("unknown token: %v", refusal)
	}
	if _, refusal := b.rotate(p.Access, b.appID); !errors.Is(refusal, token.ErrUnknown) {
		t.Errorf("access token: %v", refusal)
	}
	if _, refusal := b.rotate(p.Refresh, b.otherID); !errors.Is(refusal, token.ErrReused) || b.works(p.Access) {
		t.Errorf("another app's token: %v", refusal)
	}
}

func TestRefreshTokenOutlivesAClockAdvance(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := b.issue()
	b.db.Clock.MoveTo(b.db.Clock.Now().Add(90 * 24 * time.Hour))
	fresh, refusal := b.rotate(p.Refresh, b.appID)
	if refusal != nil || !b.works(fresh.Access) {
		t.Errorf("refusal %v", refusal)
	}
}

func TestTwentyParallelRefreshesLeaveAWorkingToken(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := b.issue()
	fresh := make([]token.Pair, 20)
	var wg sync.WaitGroup
	for i := range fresh {
		wg.Go(func() {
			err := b.db.Write(t.Context(), func(tx *db.Tx) error {
				pair, _, refusal, err := token.Rotate(tx, p.Refresh, b.appID)
				fresh[i] = pair
				return errors.Join(refusal, err)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, pair := range fresh {
		if !b.works(pair.Access) {
			t.Error("a token of a parallel refresh does not work")
		}
	}
}

func TestRevokeEndsTheFamilyOfOwnTokensOnly(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := b.issue()
	revoke := func(text string, appID int64) {
		b.write(func(tx *db.Tx) error { return token.Revoke(tx, text, appID) })
	}
	revoke(p.Refresh, b.otherID)
	revoke("sx_at_nope", b.appID)
	if !b.works(p.Access) {
		t.Error("another app revoked the token")
	}
	revoke(p.Refresh, b.appID)
	if b.works(p.Access) {
		t.Error("the access token outlived its refresh token's revocation")
	}
}

func TestUninstalledTellsApart(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := b.issue()
	dbtest.Exec(t, b.db, `UPDATE installation SET status = 'uninstalled'`)
	if _, refusal := b.rotate(p.Refresh, b.appID); !errors.Is(refusal, token.ErrUninstalled) {
		t.Errorf("refusal %v", refusal)
	}
}

func (b *bench) code(c token.Code) (text string) {
	b.t.Helper()
	c.AppID, c.StoreID, c.AccountID, c.Scopes = b.appID, apptest.StoreID, apptest.AccountID, api.ScopeSet{api.ReadOrders}
	c.RedirectURI = "http://restock.localhost/cb"
	b.write(func(tx *db.Tx) (err error) {
		text, err = token.NewCode(tx, c)
		return err
	})
	return text
}

func (b *bench) redeem(in token.Redemption) (family string, refusal error) {
	b.t.Helper()
	b.write(func(tx *db.Tx) (err error) {
		_, family, refusal, err = token.Redeem(tx, in)
		return err
	})
	return family, refusal
}

func TestCodeIsBoundAndUsedOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	verifier := strings.Repeat("v", 43)
	digest := sha256.Sum256([]byte(verifier))
	challenge := base64.RawURLEncoding.EncodeToString(digest[:])
	for name, c := range map[string]struct {
		code token.Code
		in   token.Redemption
		want error
	}{
		"good":             {token.Code{}, token.Redemption{}, nil},
		"good with PKCE":   {token.Code{CodeChallenge: &challenge}, token.Redemption{CodeVerifier: verifier}, nil},
		"no verifier":      {token.Code{CodeChallenge: &challenge}, token.Redemption{}, token.ErrVerifier},
		"wrong verifier":   {token.Code{CodeChallenge: &challenge}, token.Redemption{CodeVerifier: "x"}, token.ErrVerifier},
		"verifier unasked": {token.Code{}, token.Redemption{CodeVerifier: verifier}, token.ErrVerifier},
		"other redirect":   {token.Code{}, token.Redemption{RedirectURI: "http://restock.localhost/cb/"}, token.ErrRedirectURI},
		"other app":        {token.Code{}, token.Redemption{AppID: b.otherID}, token.ErrCode},
		"unknown":          {token.Code{}, token.Redemption{Code: "sx_ac_nope"}, token.ErrCode},
	} {
		in := c.in
		if text := b.code(c.code); in.Code == "" {
			in.Code = text
		}
		if in.AppID == 0 {
			in.AppID = b.appID
		}
		if in.RedirectURI == "" {
			in.RedirectURI = "http://restock.localhost/cb"
		}
		if _, refusal := b.redeem(in); !errors.Is(refusal, c.want) {
			t.Errorf("%s: got %v, want %v", name, refusal, c.want)
		}
	}
}

func TestSecondUseOfACodeRevokesTheFirst(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	in := token.Redemption{Code: b.code(token.Code{}), AppID: b.appID, RedirectURI: "http://restock.localhost/cb"}
	family, refusal := b.redeem(in)
	if refusal != nil {
		t.Fatal(refusal)
	}
	b.grant.Family = family
	p := b.issue()
	if _, refusal := b.redeem(in); !errors.Is(refusal, token.ErrCodeUsed) {
		t.Errorf("second use: %v", refusal)
	}
	if b.works(p.Access) {
		t.Error("the first use's token survived")
	}
}

func TestCodeExpiresAndCanBeRevoked(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	in := token.Redemption{Code: b.code(token.Code{}), AppID: b.appID, RedirectURI: "http://restock.localhost/cb"}
	dbtest.Exec(t, b.db, `UPDATE authorization_code SET expires_ms = $1`, clock.Machine().UnixMilli())
	if _, refusal := b.redeem(in); !errors.Is(refusal, token.ErrCode) {
		t.Errorf("expired: %v", refusal)
	}
	in.Code = b.code(token.Code{})
	b.write(func(tx *db.Tx) error { return token.RevokeCodes(tx, b.appID, apptest.StoreID) })
	if _, refusal := b.redeem(in); !errors.Is(refusal, token.ErrCode) {
		t.Errorf("revoked: %v", refusal)
	}
}
