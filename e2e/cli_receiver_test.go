package e2e_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// receiver NAME APP serves an app and puts its address into the variable NAME.
// It writes a line for each webhook to the file received: path, topic and
// whether the signature is that of the app in data/credentials.json.
//
//	/webhooks   takes what is signed, and refuses the rest
//	/careless   takes everything
//	/fail       answers 500
//	/gone       answers 410, which ends the subscription
//	/app        a page that anybody may frame
//	/denied     a page that nobody may frame
func receiver(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: receiver NAME APP")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv(args[0], "http://"+l.Addr().String())
	server := &http.Server{Handler: &app{slug: args[1], secrets: ts.MkAbs("data/credentials.json"), received: ts.MkAbs("received")}}
	go server.Serve(l)
	ts.Defer(func() { server.Close() })
}

type app struct {
	slug, secrets, received string

	mu sync.Mutex
}

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/app":
		w.Header().Set("Content-Security-Policy", "frame-ancestors *")
		return
	case "/denied":
		w.Header().Set("X-Frame-Options", "DENY")
		return
	}
	verdict := a.verify(r)
	a.note(fmt.Sprintf("%s %s %s", r.URL.Path, r.Header.Get("X-SeloraX-Webhook-Event"), verdict))
	switch {
	case r.URL.Path == "/fail":
		w.WriteHeader(http.StatusInternalServerError)
	case r.URL.Path == "/gone":
		w.WriteHeader(http.StatusGone)
	case r.URL.Path != "/careless" && verdict != "verified":
		w.WriteHeader(http.StatusUnauthorized)
	}
}

func (a *app) verify(r *http.Request) string {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err.Error()
	}
	text, err := os.ReadFile(a.secrets)
	if err != nil {
		return err.Error()
	}
	var file struct {
		Apps map[string]struct {
			WebhookSecret string `json:"webhook_secret"`
		} `json:"apps"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return err.Error()
	}
	mac := hmac.New(sha256.New, []byte(file.Apps[a.slug].WebhookSecret))
	_, _ = io.WriteString(mac, r.Header.Get("X-SeloraX-Timestamp")+"."+string(body))
	signature := strings.TrimPrefix(r.Header.Get("X-SeloraX-Signature"), "sha256=")
	if !hmac.Equal([]byte(signature), []byte(hex.EncodeToString(mac.Sum(nil)))) {
		return "forged"
	}
	return "verified"
}

func (a *app) note(line string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	f, err := os.OpenFile(a.received, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	if _, err := io.WriteString(f, line+"\n"); err != nil {
		panic(err)
	}
}
