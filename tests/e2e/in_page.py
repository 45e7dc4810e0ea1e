"""What is run in a page that is looked at."""

SETTLE = """
async (tall) => {
  await document.fonts.ready;
  const seen = (one) => one.getClientRects().length && one.getBoundingClientRect().top < tall;
  const near = [...document.images].filter(seen);
  near.forEach((one) => Object.assign(one, { loading: "eager", decoding: "sync" }));
  await Promise.all(near.map((one) => one.decode().catch(() => null)));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}
"""
# A face that was not there at once is given up for as long as its page stands; here every page shows it.
EVERY_FACE = r"""
() => {
  const there = new CSSStyleSheet();
  const from = (sheet) => (_, url) => `url("${new URL(url, sheet.href)}")`;
  const absolute = (sheet, text) => text.replace(/url\("([^"]+)"\)/g, from(sheet));
  const faces = (sheet) => [...sheet.cssRules].flatMap((rule) => {
    if (rule.styleSheet) return faces(rule.styleSheet);
    return rule.cssText.includes("@font-face") ? [absolute(sheet, rule.cssText)] : [];
  });
  const all = [...document.styleSheets].flatMap(faces).join("\n");
  there.replaceSync(all.replaceAll("font-display: optional", "font-display: block"));
  document.adoptedStyleSheets.push(there);
}
"""
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Where a picture moves, its frame is pushed out of sight and one that stands is laid in its place: the host's
# portrait, which the page shows until the picture is there. Axe measures against the bare stage, since no
# ratio can be told of a picture; so that frame is taken away for it.
HIDE = """
async ([changing, ofAnyLength]) => {
  const [hiding, standing] = [new CSSStyleSheet(), new CSSStyleSheet()];
  // Reduced motion leaves transitions of no length: what is measured at once would be what was before.
  hiding.replaceSync(`:is(${changing}) { visibility: hidden !important }
    :is(${ofAnyLength}) { display: inline-block !important; inline-size: 4.5em !important;
      block-size: 1lh !important; overflow: hidden !important; white-space: nowrap !important }
    *, ::before, ::after { transition: none !important }
    .later, .night { content-visibility: visible !important }
    [data-pictured] > .player__video { object-fit: none !important; object-position: -9999px 0 !important }`);
  const poster = document.querySelector("[data-pictured] > .player__poster");
  await poster?.decode().catch(() => null);
  if (poster)
    standing.replaceSync(`[data-pictured] > .player__video {
      background: url("${poster.currentSrc}") center / cover }`);
  window.standing = standing;
  document.adoptedStyleSheets.push(hiding, standing);
}
"""
# A picture taller than the screen makes the screen taller, and what is as high as the screen with it; so
# lengths that follow the height are held as they are. The rules are walked once, and again when sheets came.
HOLD_HEIGHT = r"""
(height) => {
  const inPixels = (value) => value.replace(/(-?[\d.]+)[dsl]?vh\b/g, (_, n) => `${(n * height) / 100}px`);
  const found = [];
  const keep = (style) => {
    for (const name of style) {
      const value = style.getPropertyValue(name);
      if (/[\d.][dsl]?vh\b/.test(value)) found.push([style, name, value, style.getPropertyPriority(name)]);
    }
  };
  const walk = (rules) => {
    for (const rule of rules) {
      if (rule.styleSheet) walk(rule.styleSheet.cssRules);
      if (rule.style && /[\d.][dsl]?vh\b/.test(rule.style.cssText)) keep(rule.style);
      if (rule.cssRules?.length) walk(rule.cssRules);
    }
  };
  const sheets = [...document.styleSheets, ...document.adoptedStyleSheets];
  window.heightsWalked ??= new Map();
  for (const sheet of sheets) {
    if (window.heightsWalked.has(sheet)) continue;
    walk(sheet.cssRules);
    window.heightsWalked.set(sheet, found.splice(0));
  }
  for (const held of window.heightsWalked.values())
    for (const [style, name, value, weight] of held) style.setProperty(name, inPixels(value), weight);
}
"""
# The page hears of a new size later, on a busy machine much later; till then it is as tall as before.
HAS_SIZE = """
([width, height]) => new Promise((done) => {
  const fits = () => innerWidth === width && innerHeight === height;
  const look = () => requestAnimationFrame(() => (fits() ? requestAnimationFrame(done) : look()));
  look();
})
"""
# Of what axe reads, what a width may change: what is seen, its colours, which letters are large and which
# targets small. Where something lies over something else every width is another page; that is no word at all.
READABLE = """
() => {
  const told = [];
  for (const one of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(one);
    const { width, height, right, bottom } = one.getBoundingClientRect();
    const seen = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    if (!seen || right <= 0 || bottom <= 0 || width * height <= 1) {
      told.push(seen ? "~" : "-");
      continue;
    }
    if (["absolute", "fixed"].includes(style.position)) return "";
    const large = parseFloat(style.fontSize) >= (style.fontWeight >= 700 ? 18.66 : 24);
    const target = one.matches("a, button, input, select, summary, [tabindex]");
    const small = target && Math.min(width, height) < 24;
    told.push(style.color, style.backgroundColor, style.backgroundImage, style.opacity, large, small);
    told.push(style.overflowX, one.scrollWidth > one.clientWidth + 1);
  }
  return told.join();
}
"""
READ = """
async (rules) => {
  window.standing.disabled = true;
  try {
    return (await axe.run(document, rules)).violations;
  } finally {
    window.standing.disabled = false;
  }
}
"""
SIZE = "[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight]"
