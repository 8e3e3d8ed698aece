module github.com/selorax/sandbox/sampleapp

go 1.26.0

require (
	github.com/alecthomas/kong v1.17.0 // indirect
	github.com/golang-jwt/jwt/v5 v5.3.1 // indirect
	github.com/google/go-cmp v0.7.0 // indirect
	github.com/mattn/go-sqlite3 v1.14.53 // indirect
	golang.org/x/sync v0.23.0 // indirect
)
