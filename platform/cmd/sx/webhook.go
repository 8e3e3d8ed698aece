package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
)

type webhookCmd struct {
	Explain webhookExplainCmd `cmd:"" help:"Say how a delivery was signed, and what made your app compute another signature."`
}

type webhookExplainCmd struct {
	Delivery  int64  `arg:"" name:"id" help:"Id of the delivery."`
	Signature string `help:"What your app computed, with or without sha256= or v1, in front." placeholder:"S"`
	BodyFile  string `help:"A file with the bytes that your app signed; - is standard input." placeholder:"FILE"`
	Attempt   int    `help:"Number of the attempt; the newest when left out." placeholder:"N"`
	sandboxFlags
}

// Help shows how the command is used.
func (webhookExplainCmd) Help() string {
	return `Without a signature it shows what was signed and what was sent. With one it tries
the usual mistakes (another secret, a body that was parsed and written again,
base64 for hex, no timestamp, …) and names those that make this very signature.
The platform does the computing: no secret leaves it. It exits with 0 whatever
the verdict.

Examples:
  sx deliveries list --app my-app --limit 1
  sx webhook explain 12 --signature sha256=1f0c…
  sx webhook explain 12 --signature "$computed" --body-file body.bin --json`
}

// Validate refuses what is not the number of an attempt.
func (c webhookExplainCmd) Validate() error {
	if c.Attempt < 0 {
		return errors.New("--attempt must be the number of an attempt, from 1")
	}
	return nil
}

// Run asks the platform and tells its verdict.
func (c webhookExplainCmd) Run(term console) error {
	in := api.ExplainRequest{Attempt: c.Attempt, Signature: c.Signature}
	if c.BodyFile != "" {
		body, err := c.body(term)
		if err != nil {
			return err
		}
		in.Body = &body
	}
	return ask(c.sandboxFlags, term, http.MethodPost, deliveryPath(c.Delivery)+"/explain", in, func(got api.SignatureExplanation) error {
		if err := c.tell(term.out, got); err != nil || got.Verdict != nil || len(got.Signatures) == 0 {
			return err
		}
		_, err := fmt.Fprintf(term.err, "Compare what your app computed: %s\n", c.command("webhook", "explain", fmt.Sprint(c.Delivery), "--signature", "S"))
		return err
	})
}

// body is what the app signed. JSON carries nothing but text, and a webhook is
// nothing else.
func (c webhookExplainCmd) body(term console) (string, error) {
	read := func() ([]byte, error) { return os.ReadFile(c.BodyFile) }
	if c.BodyFile == "-" {
		read = func() ([]byte, error) { return io.ReadAll(term.in) }
	}
	text, err := read()
	if err == nil && !utf8.Valid(text) {
		err = fmt.Errorf("%s is not UTF-8, as a webhook always is: your app reads its body as something else", c.BodyFile)
	}
	return string(text), err
}

func (c webhookExplainCmd) tell(out io.Writer, got api.SignatureExplanation) error {
	var text strings.Builder
	fmt.Fprintf(&text, "delivery %d, attempt %d of %d\n", got.DeliveryID, got.Attempt, got.Attempts)
	if got.Note != nil {
		fmt.Fprintln(&text, *got.Note)
	}
	for _, s := range got.Signatures {
		fmt.Fprintln(&text)
		if err := printFields(&text, signatureFields(s)); err != nil {
			return err
		}
	}
	if got.Verdict != nil {
		tellVerdict(&text, *got.Verdict)
	}
	_, err := io.WriteString(out, text.String())
	return err
}

func signatureFields(s api.SignatureDetail) [][2]string {
	equal := "no"
	if s.Matches {
		equal = "yes"
	}
	return [][2]string{
		{"header", s.Header}, {"sent", s.Sent}, {"computed", s.Computed}, {"equal", equal},
		{"key", s.Key + ": " + s.KeyForm}, {"result", s.Encoding}, {"signed", printable(s.Signed)},
		{"", fmt.Sprintf("%d bytes, SHA-256 %s", s.SignedBytes, s.SignedSHA256)},
	}
}

func tellVerdict(out io.Writer, v api.SignatureVerdict) {
	fmt.Fprintf(out, "\n%s\n", v.Sentence)
	for _, m := range v.Mistakes {
		fmt.Fprintf(out, "  %s: %s\n    %s\n", m.Code, printable(m.Found), m.Fix)
	}
	for _, sentence := range v.Untried {
		fmt.Fprintln(out, "  "+sentence)
	}
}
