// Package secret makes, hashes, compares and seals secrets.
//
// Tokens, codes and client secrets are random and kept only as SHA-256.
// Passwords are kept as bcrypt. Signing keys, which the platform must read
// back, are sealed with AES-256-GCM under a key file.
package secret
