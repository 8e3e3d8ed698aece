package container

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/api/types/network"
	"github.com/testcontainers/testcontainers-go"
	tcnetwork "github.com/testcontainers/testcontainers-go/network"
	"github.com/testcontainers/testcontainers-go/wait"
)

const (
	patience = time.Minute // until a container is healthy
	grace    = 10 * time.Second
)

// server is a container to run. Its port is the same inside and on this
// machine, its first alias its name in the log.
type server struct {
	image   string
	aliases []string
	port    int
	env     map[string]string
}

// group is the containers of one sandbox, in the order of their start.
type group struct {
	network *testcontainers.DockerNetwork
	members []member
	log     string // of the containers, once they are removed
}

type member struct {
	name string
	*testcontainers.DockerContainer
}

// run starts a container and waits until its image's own health check passes.
func (g *group) run(ctx context.Context, s server) (*testcontainers.DockerContainer, error) {
	port := network.MustParsePort(strconv.Itoa(s.port) + "/tcp")
	c, err := testcontainers.Run(ctx, s.image,
		tcnetwork.WithNetwork(s.aliases, g.network),
		testcontainers.WithEnv(s.env),
		testcontainers.WithExposedPorts(port.String()),
		testcontainers.WithHostConfigModifier(func(h *container.HostConfig) {
			h.PortBindings = network.PortMap{port: {{HostIP: netip.MustParseAddr("127.0.0.1"), HostPort: strconv.Itoa(s.port)}}}
			h.ReadonlyRootfs = true
			h.CapDrop = []string{"ALL"}
		}),
		testcontainers.WithConfigModifier(func(c *container.Config) {
			c.Healthcheck = &container.HealthConfig{Interval: time.Second} // the rest is the image's
		}),
		testcontainers.WithWaitStrategy(wait.ForHealthCheck().WithStartupTimeout(patience)),
	)
	if c != nil {
		g.members = append(g.members, member{name: s.aliases[0], DockerContainer: c})
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.image, err)
	}
	return c, nil
}

// Stop ends the containers as `docker stop` does and removes them, their
// volumes and the network. The error says if a server did not end well.
func (g *group) Stop() (err error) {
	ctx := context.Background()
	limit := grace
	for _, m := range slices.Backward(g.members) {
		err = errors.Join(err, m.Stop(ctx, &limit))
		state, stateErr := m.State(ctx)
		if err = errors.Join(err, stateErr); stateErr == nil && state.ExitCode != 0 {
			err = errors.Join(err, fmt.Errorf("%s ended with exit code %d", m.name, state.ExitCode))
		}
	}
	g.log = g.Log()
	for _, m := range slices.Backward(g.members) {
		err = errors.Join(err, m.Terminate(ctx))
	}
	g.members = nil
	if g.network != nil {
		err = errors.Join(err, g.network.Remove(ctx))
		g.network = nil
	}
	return err
}

// Log returns what the servers have written so far, one after the other.
func (g *group) Log() string {
	text := strings.Builder{}
	text.WriteString(g.log)
	for _, m := range g.members {
		fmt.Fprintf(&text, "== %s\n", m.name)
		log, err := m.Logs(context.Background())
		if err != nil {
			fmt.Fprintln(&text, err)
			continue
		}
		_, err = io.Copy(&text, log)
		if err = errors.Join(err, log.Close()); err != nil {
			fmt.Fprintln(&text, err)
		}
	}
	return text.String()
}

// freePorts returns ports of this machine that nothing listens on. They have
// to be known before the containers start, which tell each other of them.
func freePorts(n int) (ports []int, err error) {
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}
