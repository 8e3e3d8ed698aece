// Package container runs a sandbox as three containers of the images that
// `make images` builds. It is the only package that knows testcontainers.
//
// The containers share a network of their own, where the platform's and the
// app's names in browsers, api.selorax.localhost and restock.localhost, are
// aliases of their containers, and every port is the one that this machine
// sees. So the one address that an app knows of the platform, and the one that
// it registers, are good for browsers and for servers. The file systems of the
// containers are read-only but for their volumes.
package container
