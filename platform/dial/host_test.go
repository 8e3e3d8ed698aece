package dial

import "testing"

func TestWhichHostsAreAllowed(t *testing.T) {
	t.Parallel()
	d := Dialer{AllowHosts: []string{"receiver", "10.1.2.3"}}
	for host, want := range map[string]struct{ plain, refused bool }{
		"localhost":               {true, false},
		"App.Localhost":           {true, false},
		"app.localhost.":          {true, false},
		"127.0.0.1":               {true, false},
		"api.x.selorax.localhost": {true, false},
		"restock-x.localhost":     {true, false},
		"127.9.8.7":               {true, false},
		"::1":                     {true, false},
		"::ffff:7f00:1":           {true, false},
		"receiver":                {true, false},
		"10.1.2.3":                {true, false},
		"10.1.2.4":                {false, true},
		"192.168.1.1":             {false, true},
		"169.254.169.254":         {false, true},
		"0.0.0.0":                 {false, true},
		"fd00::1":                 {false, true},
		"::ffff:a00:1":            {false, true},
		"8.8.8.8":                 {false, false},
		"example.com":             {false, false},
		"notlocalhost":            {false, false},
		"localhost.com":           {false, false},
	} {
		if plain, refused := d.AllowsPlain(host), d.Refuses(host); plain != want.plain || refused != want.refused {
			t.Errorf("%s: plain %v, refused %v", host, plain, refused)
		}
	}
}
