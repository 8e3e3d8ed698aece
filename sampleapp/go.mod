module github.com/selorax/sandbox/sampleapp

go 1.26
