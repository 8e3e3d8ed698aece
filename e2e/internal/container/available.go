package container

import (
	"context"
	"fmt"
	"io"
	stdlog "log"
	"os"

	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/log"
)

// The images of the three servers.
const (
	platformImage  = "selorax/sandbox-platform:latest"
	dashboardImage = "selorax/sandbox-dashboard:latest"
	appImage       = "selorax/sandbox-sampleapp:latest"
)

// Available returns nil if a Docker daemon answers and has the images, and
// otherwise says what is missing. It has to be asked before Start.
func Available(ctx context.Context) error {
	// The library would start a container that removes what a killed test
	// leaves behind. Its image would have to be downloaded.
	if err := os.Setenv("TESTCONTAINERS_RYUK_DISABLED", "true"); err != nil {
		return err
	}
	log.SetDefault(stdlog.New(io.Discard, "", 0)) // what fails is in the errors
	docker, err := testcontainers.NewDockerProvider()
	if err == nil {
		defer docker.Close()
		err = docker.Health(ctx)
	}
	if err != nil {
		return fmt.Errorf("no Docker daemon answers (scripts/docker COMMAND… starts one): %w", err)
	}
	for _, image := range []string{platformImage, dashboardImage, appImage} {
		if _, err := docker.Client().ImageInspect(ctx, image); err != nil {
			return fmt.Errorf("the image %s is missing, make images builds it: %w", image, err)
		}
	}
	return nil
}
