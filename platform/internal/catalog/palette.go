package catalog

import (
	"hash/fnv"
	"maps"
	"slices"
	"strings"
)

// palette is the colours of one drawing. The drawings name them in braces.
type palette struct {
	ground string // behind everything
	floor  string // what the thing stands on
	main   string // the thing itself
	deep   string // its shaded side
	soft   string // its lit side
	accent string // what stands out
	ink    string // lines and dark parts
}

// palettes by the name that a picture's file ends in.
var palettes = map[string]palette{
	"rose":     {"#fdeef0", "#f8dbe0", "#e0607e", "#b83a5b", "#f4a3b5", "#f7c873", "#4a2b35"},
	"ruby":     {"#fbecea", "#f4d6d2", "#c8323c", "#93202b", "#ea7f7f", "#f2b84b", "#3f2226"},
	"marigold": {"#fff5e0", "#fde7bd", "#f39c1f", "#c9720a", "#fbc766", "#d9482b", "#4d3414"},
	"lilac":    {"#f4effb", "#e4d9f5", "#9a72cf", "#7049a6", "#c6abea", "#f2b6c9", "#372a4a"},
	"sky":      {"#eaf4fc", "#d2e6f7", "#3f8fd2", "#2468a4", "#94c5ee", "#f6b95a", "#213447"},
	"mint":     {"#eaf7f0", "#d0ecdd", "#3fa97b", "#257a56", "#93d6b6", "#f3a95f", "#1f3b30"},
	"teal":     {"#e6f5f5", "#c9e8e8", "#1f9298", "#10686d", "#7fcbcd", "#f28b66", "#183a3c"},
	"sand":     {"#f9f3ea", "#eee1cd", "#c39a6b", "#957045", "#e2c7a1", "#b5523b", "#42331f"},
	"clay":     {"#faeee6", "#f1dacb", "#c4693f", "#964826", "#e2a17c", "#2f7f79", "#432a1d"},
	"graphite": {"#eff1f4", "#dde1e7", "#59606d", "#3a404b", "#a2a9b5", "#4d8df6", "#23272e"},
	"ivory":    {"#f5f3ee", "#e6e2d8", "#f8f5ec", "#d9d2c2", "#ffffff", "#c9a24b", "#4b463b"},
	"indigo":   {"#eeeefa", "#dadaf2", "#4845b5", "#2a2877", "#9391e0", "#f98a4b", "#1f1e4a"},
}

// paint fills the colours in.
func (p palette) paint(drawing string) string {
	return strings.NewReplacer("{ground}", p.ground, "{floor}", p.floor, "{main}", p.main, "{deep}", p.deep,
		"{soft}", p.soft, "{accent}", p.accent, "{ink}", p.ink).Replace(drawing)
}

// paletteOf chooses a palette by a name, always the same for the same name.
func paletteOf(name string) palette {
	names := slices.Sorted(maps.Keys(palettes))
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return palettes[names[int(h.Sum32()%uint32(len(names)))]]
}
