package site_test

import (
	"strings"
	"testing"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
)

// scriptConfined has a script try what it must not be able to do.
func scriptConfined(t *testing.T, b browsertest.Browser) {
	d, p := scripted(t, b, `const leak = new URL('/leak', document.scripts[0].src).href;`+told(`
		const tries = {
			cookie: () => document.cookie, storage: () => localStorage.length, parent: () => parent.document.title, top: () => { top.location = leak; },
			eval: () => eval('1'), fetch: () => fetch(leak), socket: () => new Promise((_, no) => { new WebSocket(leak.replace('http', 'ws')).onerror = () => no(new Error('refused')); }),
			popup: () => { if (!window.open(leak)) throw new Error('refused'); },
			picture: () => new Promise((yes, no) => { const i = new Image(); i.onload = yes; i.onerror = () => no(new Error('refused')); i.src = leak; }),
			script: () => new Promise((yes, no) => { const s = document.createElement('script'); s.onload = yes; s.onerror = () => no(new Error('refused')); s.src = leak; document.head.append(s); }),
			form: () => { const f = document.createElement('form'); f.action = leak; document.body.append(f); f.submit(); throw new Error('refused'); },
			download: () => { const a = document.createElement('a'); a.href = 'data:,x'; a.download = 'x'; a.click(); throw new Error('refused'); },
		};
		const done = [];
		for (const [name, run] of Object.entries(tries)) {
			try { await run(); done.push(name); } catch { /* refused */ }
		}
		show('could: ' + done.join(' ') + '.');
		for (const url of ['javascript:alert(1)', '//evil.example', '/24/orders', 'https://evil.example']) selorax.navigate(url);
		selorax.openLink('javascript:alert(1)');`))
	p.Allow("") // every refusal is told
	says(p, "could: .")
	p.See(hook("ext-error", "code", "refused"))
	if path := browsertest.Eval[string](p, `location.pathname`); path != "/22/orders/1200" {
		t.Errorf("the page is at %s", path)
	}
	if got := d.Requests("/leak"); len(got) > 0 {
		t.Errorf("it reached %+v", got)
	}
}

// scriptFlood sends more than may be sent.
func scriptFlood(t *testing.T, b browsertest.Browser) {
	_, p := scripted(t, b, told(`selorax.render(ui.Button({ label: 'Send', onClick: () => show('x'.repeat(1e7)) }));`))
	p.Click(button)
	if text := p.Text(hook("ext-error", "code", "script_flood")); !strings.Contains(text, "may have 262144") {
		t.Errorf("it says %q", text)
	}
	p.Until(`!document.querySelector('iframe.ext-frame')`)
	p.Click(hook("ext-retry"))
	p.See(button)
	p.Until(`!document.querySelector('[data-testid=ext-error]')`)
}

// scriptStorm keeps sending, and growing.
func scriptStorm(t *testing.T, b browsertest.Browser) {
	_, p := scripted(t, b, told(`
		for (let n = 0; n < 5000; n++) selorax.resize(n * 1000);
		setInterval(() => show('alive'), 600);`))
	says(p, "alive")
	if height := browsertest.Eval[float64](p, `document.querySelector('iframe.ext-frame').getBoundingClientRect().height`); height > 2000 {
		t.Errorf("the frame is %v px high", height)
	}
	p.Click(hook("store-switcher")) // the page is alive too
	p.See(hook("store-22"))
}

// scriptForges has the frame of one extension speak to the page and to the
// frame of another one.
func scriptForges(t *testing.T, b browsertest.Browser) {
	d := start(t)
	d.Install("restock", 22)
	d.DeployScript("restock", map[string]any{"extension_id": "script", "target": "order.detail.block", "title": "Victim"}, told(`
		let n = 0;
		const draw = () => selorax.render(ui.Stack({}, ui.Text({ content: 'victim ' + n }), ui.Button({ label: 'Count', onClick: () => { n++; draw(); } })));
		draw();`))
	d.DeployScript("restock", map[string]any{"extension_id": "attacker", "target": "order.detail.block", "title": "Attacker"}, told(`
		const forged = (type) => ({ type, data: { ui: ui.Text({ content: 'forged' }), context: {}, settings: {}, extension: {}, environment: {} } });
		for (const type of ['selorax:render', 'selorax:ready', 'selorax:init', 'app-bridge:ready', 'selorax:request-session-token']) parent.postMessage(forged(type), '*');
		for (let n = 0; n < parent.frames.length; n++) {
			if (parent.frames[n] === window) continue;
			const { port1, port2 } = new MessageChannel();
			parent.frames[n].postMessage(forged('selorax:init'), '*', [port2]);
			port1.postMessage(forged('selorax:init'));
			parent.frames[n].postMessage(forged('selorax:event'), '*');
		}
		show('sent');`))
	p := d.open(t, b, desktop, "/22/orders/1200")
	p.Until(`document.querySelector('[data-extension-id=attacker] .ext-text')?.innerText === 'sent'`)
	says(p, "victim 0")
	p.Click(card("script") + " " + button)
	says(p, "victim 1")
	if browsertest.Eval[bool](p, `document.body.innerText.includes('forged')`) {
		t.Error("the page shows what the attacker sent in another's name")
	}
}
