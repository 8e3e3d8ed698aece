package main

import (
	"testing"

	"github.com/alecthomas/kong"
)

func parse(t *testing.T, args ...string) cli {
	t.Helper()
	var c cli
	exit := kong.Exit(func(code int) { t.Fatalf("%v: exit %d", args, code) })
	parser, err := kong.New(&c, append(options, exit)...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(args); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestFlagsWinOverEnvironmentWinsOverDefaults(t *testing.T) {
	t.Setenv("PLATFORM_ADDR", "127.0.0.1:1")
	t.Setenv("PLATFORM_ALLOW_WEBHOOK_HOSTS", "a.test,b.test")
	t.Setenv("PLATFORM_VERSION", "2.1") // somebody else's: must not end the program
	c := parse(t, "serve").Serve
	if c.Addr != "127.0.0.1:1" || len(c.AllowWebhookHosts) != 2 || c.DatabaseURL != "sqlite:data/platform.db" || c.Seed != "demo" {
		t.Errorf("got %+v", c)
	}
	if c := parse(t, "serve", "--addr", "127.0.0.1:2").Serve; c.Addr != "127.0.0.1:2" {
		t.Errorf("the flag lost: %+v", c)
	}
}
