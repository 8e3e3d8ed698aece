package server

import (
	"errors"
	"io/fs"

	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
)

// clientSecret looks a client secret up in the credentials file, as it is now:
// `sx app create` adds to it while the platform runs.
func (p *Platform) clientSecret(clientID string) (string, error) {
	f, err := credentials.Read(p.config.CredentialsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	for _, a := range f.Apps {
		if a.ClientID == clientID {
			return a.ClientSecret, nil
		}
	}
	return "", nil
}
