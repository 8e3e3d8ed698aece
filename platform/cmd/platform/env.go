package main

import (
	"fmt"
	"os"

	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/sandbox/local"
)

// env is the flags of `platform env`, which is for a platform in a container;
// where sx runs the platform, `sx env` knows more.
type env struct {
	App             string `help:"Slug of the app." default:"my-app"`
	APIURL          string `help:"Where the app's server reaches the API." name:"api-url" default:"http://localhost:5001/api"`
	CredentialsFile string `help:"Plain credentials of the demo apps." default:"data/credentials.json"`
}

// Help shows how the command is used.
func (env) Help() string {
	return `One NAME=value a line, as docker run --env-file reads them. The platform has to have been started once.

Example:
  docker exec platform /platform env --app restock --api-url http://api.selorax.localhost:5001/api > restock.env`
}

// Run prints the variables of one app.
func (e *env) Run() error {
	file, err := credentials.Read(e.CredentialsFile)
	if err != nil {
		return err
	}
	app, ok := file.Apps[e.App]
	if !ok {
		return fmt.Errorf("%s has no app %q", e.CredentialsFile, e.App)
	}
	for _, variable := range local.Environment(e.APIURL, app) {
		fmt.Fprintln(os.Stdout, variable)
	}
	return nil
}
