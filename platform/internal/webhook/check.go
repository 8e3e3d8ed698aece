package webhook

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Bounds of a subscription, in characters.
const (
	maxURL           = 2048
	minName, maxName = 2, 255
)

// complaints collects what is wrong with a request.
type complaints struct{ problem.Complaints }

// topic complains of what is none of the topics.
func (c *complaints) topic(field, topic string, topics []string) {
	switch {
	case topic == "":
		c.Require(false, field, "is required: name a topic such as "+topics[0])
	case slices.Contains(topics, topic):
	case slices.Contains(api.Topics, topic):
		c.Require(false, field, topic+" is for apps; a merchant may subscribe to "+strings.Join(topics, ", "))
	default:
		message := "is no topic"
		if near := web.Nearest(topic, topics); near != "" {
			message += "; did you mean " + near + "?"
		}
		c.Require(false, field, message)
	}
}

// name complains of a name that is given and too short or too long.
func (c *complaints) name(name *string) {
	if name != nil {
		n := utf8.RuneCountInString(*name)
		c.Require(n >= minName && n <= maxName, "name", "must have 2 to 255 characters")
	}
}

// target complains of a URL that deliveries cannot go to. Outside this machine
// it must be https. An address that is private is refused here; what a name
// stands for is looked at on every attempt.
func (s *Service) target(c *complaints, field, text string) {
	u, err := url.Parse(text)
	switch {
	case text == "":
		c.Require(false, field, "is required: name the URL that deliveries go to")
	case utf8.RuneCountInString(text) > maxURL:
		c.Require(false, field, "must have at most 2048 characters")
	case err != nil || u.Hostname() == "" || strings.ContainsAny(text, " \\\t\r\n"):
		c.Require(false, field, "must be a whole URL such as https://app.example.com/webhooks")
	case u.Scheme != "https" && u.Scheme != "http":
		c.Require(false, field, "must begin with https://")
	case u.User != nil:
		c.Require(false, field, "must not contain a user name or password")
	case strings.Contains(text, "#"):
		c.Require(false, field, "must not have a fragment, the part from #")
	case s.Dialer.Refuses(u.Hostname()):
		c.Require(false, field, "is at a private address, which deliveries do not reach; name its host in --allow-webhook-hosts to allow it")
	case u.Scheme == "http" && !s.Dialer.AllowsPlain(u.Hostname()):
		c.Require(false, field, "must be https; http is for this machine: localhost, *.localhost, 127.0.0.1, [::1]")
	}
}

// spelling returns the value of a field that has two names, and the name to
// complain under.
func (c *complaints) spelling(name, value, other, otherValue string) (field, text string) {
	if value != "" && otherValue != "" && value != otherValue {
		c.Require(false, other, "says something else than "+name+"; send one of them")
	}
	if value == "" && otherValue != "" {
		return other, otherValue
	}
	return name, value
}
