package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
)

// receiver NAME serves an app that checks what it gets, apart from the code
// that signs, and puts its address into the variable NAME. It writes a line for
// each request to the file received. /hook answers 200, /bad 500 and /moved
// redirects to /hook; /gone breaks the connection.
func receiver(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: receiver NAME")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv(args[0], "localhost:"+strings.TrimPrefix(l.Addr().String(), "127.0.0.1:"))
	received, secrets := ts.MkAbs("received"), ts.MkAbs("data/credentials.json")
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		verdict := verify(secrets, r)
		f, err := os.OpenFile(received, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			panic(err)
		}
		defer f.Close()
		fmt.Fprintf(f, "%s %s %s %s\n", r.Method, r.URL.Path, r.Header.Get("X-SeloraX-Webhook-Event-Id"), verdict)
		switch r.URL.Path {
		case "/bad":
			w.WriteHeader(http.StatusInternalServerError)
		case "/moved":
			http.Redirect(w, r, "/hook", http.StatusTemporaryRedirect)
		case "/gone":
			panic(http.ErrAbortHandler)
		}
	})}
	go server.Serve(l)
	ts.Defer(func() { server.Close() })
}

// verify says "verified", or what is wrong with a webhook.
func verify(secrets string, r *http.Request) string {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err.Error()
	}
	file, err := credentials.Read(secrets)
	if err != nil {
		return err.Error()
	}
	secret, seconds := file.Apps["my-app"].WebhookSecret, r.Header.Get("X-SeloraX-Timestamp")
	id := r.Header.Get("Webhook-Id")
	if n, err := strconv.ParseInt(seconds, 10, 64); err != nil || time.Since(time.Unix(n, 0)).Abs() > 5*time.Minute {
		return "stale: " + seconds
	}
	if got := r.Header.Get("X-SeloraX-Signature"); got != "sha256="+hex.EncodeToString(digest([]byte(secret), seconds+"."+string(body))) {
		return "X-SeloraX-Signature: " + got
	}
	key, err := base64.StdEncoding.DecodeString(secret[len("whsec_"):])
	if err != nil {
		return err.Error()
	}
	if got := r.Header.Get("Webhook-Signature"); got != "v1,"+base64.StdEncoding.EncodeToString(digest(key, id+"."+seconds+"."+string(body))) {
		return "Webhook-Signature: " + got
	}
	if !strings.HasPrefix(string(body), `{"event_id":"`+id+`","event_topic":"`+r.Header.Get("X-SeloraX-Webhook-Event")+`"`) {
		return "body: " + string(body)
	}
	want := []string{"Content-Length", "Content-Type", "User-Agent", "Webhook-Id", "Webhook-Signature", "Webhook-Timestamp",
		"X-Selorax-Delivery-Id", "X-Selorax-Idempotency-Key", "X-Selorax-Signature", "X-Selorax-Timestamp", "X-Selorax-Webhook-Event", "X-Selorax-Webhook-Event-Id"}
	if got := slices.Sorted(maps.Keys(r.Header)); !slices.Equal(got, want) {
		return fmt.Sprint("headers: ", got)
	}
	return "verified"
}

func digest(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	_, _ = io.WriteString(mac, text)
	return mac.Sum(nil)
}
