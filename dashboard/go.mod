module github.com/selorax/sandbox/dashboard

go 1.26

require github.com/selorax/sandbox/platform v0.0.0

replace github.com/selorax/sandbox/platform => ../platform
