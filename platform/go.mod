module github.com/selorax/sandbox/platform

go 1.26
