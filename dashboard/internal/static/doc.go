// Package static serves what pages load beside their HTML: one stylesheet, the
// icon, and native ES modules, all embedded. There is no build step.
//
// Every file has its content's hash in its URL and may be kept for ever.
// Modules import each other by their plain relative names; an import map,
// printed into each page, leads from those to the hashed URLs. The one inline
// script of a page is that map, and the Content-Security-Policy admits it by
// ImportMapHash.
//
// The folder bridge holds the dashboard's end of the app bridge and
// PROTOCOL.md, which documents both ends. The folder ext draws the extensions of
// apps; EXTENSIONS.md documents what those are made of.
package static
