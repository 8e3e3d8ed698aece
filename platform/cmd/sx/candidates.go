package main

import (
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/selorax/sandbox/platform/api"
)

// candidates are the words that may stand where a command line ends: commands,
// flags, or the values of one.
func candidates(root *kong.Node, line string) []string {
	words := strings.Fields(line)
	if line == "" || strings.HasSuffix(line, " ") {
		words = append(words, "")
	}
	if len(words) < 2 {
		return nil
	}
	last := words[len(words)-1]
	node, flag, given := walk(root, words[1:len(words)-1])
	var all []string
	switch {
	case flag != nil:
		all = values(flag.Value)
	case strings.HasPrefix(last, "-"):
		all = flags(node)
	default:
		all = next(node, given)
	}
	return slices.DeleteFunc(all, func(word string) bool { return !strings.HasPrefix(word, last) })
}

// walk follows the words to a command. flag is one whose value comes next, and
// given how many arguments stand already.
func walk(node *kong.Node, words []string) (at *kong.Node, flag *kong.Flag, given int) {
	for _, word := range words {
		child := slices.IndexFunc(node.Children, func(c *kong.Node) bool { return c.Name == word })
		switch {
		case flag != nil:
			flag = nil
		case strings.HasPrefix(word, "-"):
			flag = waiting(node, word)
		case child >= 0:
			node, given = node.Children[child], 0
		default:
			given++
		}
	}
	return node, flag, given
}

// waiting is the flag a word names, if its value comes as the next word.
func waiting(node *kong.Node, word string) *kong.Flag {
	for _, f := range node.Flags {
		if "--"+f.Name == word && !f.IsBool() {
			return f
		}
	}
	return nil
}

func flags(node *kong.Node) (names []string) {
	for _, group := range node.AllFlags(true) {
		for _, f := range group {
			names = append(names, "--"+f.Name)
		}
	}
	return names
}

// next are the commands under a command, or the values of its argument.
func next(node *kong.Node, given int) (words []string) {
	for _, child := range node.Children {
		if !child.Hidden {
			words = append(words, child.Name)
		}
	}
	if given < len(node.Positional) {
		words = append(words, values(node.Positional[given])...)
	}
	return words
}

// values of a flag or an argument, where they are known words.
func values(v *kong.Value) []string {
	switch {
	case v.Enum != "":
		return slices.DeleteFunc(strings.Split(v.Enum, ","), func(word string) bool { return word == "" })
	case v.Name == "topic" || v.Name == "topics":
		return slices.Clone(api.Topics)
	default:
		return nil
	}
}
