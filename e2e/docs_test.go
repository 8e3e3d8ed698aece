package e2e_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/selorax/sandbox/e2e/internal/programs"
)

// block is a fenced block of a guide. Its kind is sh, output, or the language
// of a file, which it names and adds itself to; a sh block may run in the
// background.
var block = regexp.MustCompile("(?ms)^```(\\w+) ?([^\n]*)\n(.*?)^```$")

// Every command of the guides runs, every file compiles, and what they say will
// appear appears.
func TestGuides(t *testing.T) {
	t.Parallel()
	needPrograms(t)
	root, err := programs.Root()
	if err != nil {
		t.Fatal(err)
	}
	guides, err := filepath.Glob(filepath.Join(root, "dashboard", "docs", "*.md"))
	if err != nil || len(guides) == 0 {
		t.Fatalf("no guide is found: %v", err)
	}
	for _, guide := range guides {
		text, err := os.ReadFile(guide)
		if err != nil {
			t.Fatal(err)
		}
		if !block.Match(text) { // the index
			continue
		}
		t.Run(filepath.Base(guide), func(t *testing.T) {
			t.Parallel()
			needTools(t, string(text))
			runScript(t, script(t, string(text)))
		})
	}
}

// needTools skips a guide whose programs are not on this machine.
func needTools(t *testing.T, guide string) {
	t.Helper()
	for _, tool := range []string{"curl", "node", "npm"} {
		if !regexp.MustCompile(`(?m)(^|[$(|] *)` + tool + ` `).MatchString(guide) {
			continue
		}
		if _, err := exec.LookPath(tool); err == nil {
			continue
		}
		if os.Getenv("REQUIRE_NODE") != "" {
			t.Fatalf("this guide needs %s, and REQUIRE_NODE says that it is there", tool)
		}
		t.Skipf("this guide needs %s, which is not on this machine: scripts/node installs it on Debian as root", tool)
	}
}

// prologue begins each script. appears waits until the lines of its argument
// stand in what was printed since the last command began, in their order; an
// ellipsis in a line stands for anything.
const prologue = `set -eu
log=$PWD/log from=0
: >"$log"
trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT
mark() { from=$(wc -c <"$log"); }
printed() { tail -c +$((from + 1)) "$log" | WANT=$1 awk '
	function holds(line, want,   parts, n, i, at) {
		n = split(want, parts, "…")
		for (i = 1; i <= n; i++) {
			if (!(at = index(line, parts[i])) && parts[i] != "") return 0
			line = substr(line, at + length(parts[i]))
		}
		return 1
	}
	BEGIN { n = split(ENVIRON["WANT"], want, "\n"); due = 1 }
	due <= n && holds($0, want[due]) { due++ }
	END { exit due <= n }'
}
appears() {
	for _ in $(seq 600); do
		if printed "$1"; then return; fi
		sleep 0.05
	done
	printf 'this did not appear, line by line and in this order:\n%s\n' "$1"
	exit 1
}
`

// script makes one shell script of a guide's blocks, run from top to bottom in
// one shell, as a reader would type them.
func script(t *testing.T, guide string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(prologue)
	for n, found := range block.FindAllStringSubmatch(guide, -1) {
		kind, rest, body := found[1], found[2], found[3]
		switch {
		case kind == "sh" && rest == "background":
			fmt.Fprintf(&b, "mark\n%s >>\"$log\" 2>&1 &\n", strings.TrimSpace(body))
			if strings.HasPrefix(body, "sx up") {
				b.WriteString("until sx status >/dev/null 2>&1; do kill -0 $!; sleep 0.05; done\n")
			}
		case kind == "sh":
			fmt.Fprintf(&b, "echo '# block %d' >>\"$log\"\nmark\n{\n%s} >>\"$log\" 2>&1\n", n+1, body)
		case kind == "output":
			fmt.Fprintf(&b, "appears \"$(cat <<'END OF OUTPUT'\n%sEND OF OUTPUT\n)\"\n", body)
		case rest != "":
			fmt.Fprintf(&b, "cat >>%s <<'END OF FILE'\n%sEND OF FILE\n", rest, body)
		default:
			t.Fatalf("block %d of the kind %q is not run by anything", n+1, kind)
		}
	}
	return b.String()
}

func runScript(t *testing.T, script string) {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), "bash", "-c", script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+suite.Bin+string(filepath.ListSeparator)+os.Getenv("PATH"), "SX_DATA=data", "SX_NAME=",
		"SX_PLATFORM_ADDR=127.0.0.1:0", "SX_DASHBOARD_ADDR=127.0.0.1:0", "SX_APP_ADDR=127.0.0.1:0", "GOWORK=off", "GOPROXY=off", "GORACE=atexit_sleep_ms=0",
		"NPM_CONFIG_UPDATE_NOTIFIER=false")
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 20 * time.Second
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		t.Errorf("%v\n%s\n%s", err, &said, log)
	}
}
