package static

import "bytes"

// lean leaves out what a browser does not need of a script: comments that stand
// on lines of their own, and indentation. That makes a quarter of a page's
// scripts. It takes lines for lines, so no text may span several of them.
func lean(script []byte) []byte {
	var out bytes.Buffer
	comment := false
	for line := range bytes.Lines(script) {
		line = bytes.TrimSpace(line)
		switch {
		case comment:
			comment = !bytes.HasSuffix(line, []byte("*/"))
		case bytes.HasPrefix(line, []byte("/*")):
			comment = !bytes.HasSuffix(line, []byte("*/"))
		case len(line) > 0 && !bytes.HasPrefix(line, []byte("//")):
			out.Write(line)
			out.WriteByte('\n')
		}
	}
	return out.Bytes()
}
