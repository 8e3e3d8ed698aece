// The extension "stock-chart": a script that runs in a frame of its own and
// draws there, since no component draws bars. selorax comes from the platform.
(() => {
  const BAR = 20; // px, with the space below it
  const SVG = 'http://www.w3.org/2000/svg';
  const colours = {
    light: { text: '#1c1c1f', soft: '#5f6068', enough: '#2a2877', low: '#b25e09' },
    dark: { text: '#f1f1f3', soft: '#a0a1a9', enough: '#a5a2f5', low: '#f0a53f' },
  };
  let threshold = 0;

  function draw() {
    const { text, soft, enough, low } = colours[selorax.environment.theme];
    const { variants } = selorax.context.product;
    const most = Math.max(threshold, ...variants.map(({ quantity }) => quantity), 1);
    const rows = variants.map(({ variant_name: name, quantity }, n) => {
      const share = (Math.max(quantity, 0) / most) * 55;
      return [
        shape('text', { x: 0, y: n * BAR + 14, fill: text }, name),
        shape('rect', { x: '35%', y: n * BAR + 4, width: `${share}%`, height: BAR - 8, rx: 3, fill: quantity < threshold ? low : enough }),
        shape('text', { x: `${36 + share}%`, y: n * BAR + 14, fill: soft }, `${quantity}${quantity < threshold ? ' low' : ''}`),
      ];
    });
    const picture = shape('svg', { width: '100%', height: variants.length * BAR, role: 'img', 'font-family': 'system-ui, sans-serif', 'font-size': 12, 'aria-label': variants.map(({ variant_name: name, quantity }) => `${name}: ${quantity} left`).join(', ') });
    picture.append(...rows.flat());
    document.body.replaceChildren(picture);
    document.body.style.margin = '0';
  }

  /** Names become text, never markup. */
  function shape(name, attributes, words = '') {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(words);
    return element;
  }

  selorax.ready().then(async () => {
    draw();
    selorax.autoResize();
    selorax.onContextUpdate(draw);
    const { update_state: state } = await selorax.callBackend('/extensions/product-stock', { body: { product_id: selorax.context.product.product_id } });
    threshold = state.threshold;
    draw();
  });
})();
