"""How words and signs stand out from what lies behind them: measured on the screen, not in a style sheet."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import Page

# Laid on the page by script: its content policy takes no style from elsewhere.
LAY = """
(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
"""
LIFT = "() => { document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1); }"
WHITE = """
.player { background: #fff !important; }
.player > :not(.player__controls) { visibility: hidden !important; }
.reactions-air { display: none !important; }
*, *::before, *::after { animation: none !important; transition: none !important; }
* { caret-color: transparent !important; }
"""
# Without its ink the page is what lies behind the ink.
NO_INK = """
*, *::before, *::after, ::placeholder { color: transparent !important; text-shadow: none !important; }
svg, .player__button::before { visibility: hidden !important; }
"""
# Where words stand, line by line, and signs; what fades out at the upper edge of the chat is let go.
INKED = """
(selector) => [...document.querySelectorAll(selector)].flatMap((element) => {
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return [];
  const shows = (sign) => sign.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const inside = [...element.querySelectorAll("svg")].filter(shows);
  const signs = element.matches("svg, .player__button") ? [element] : inside;
  const marks = element.matches("input") ? [...signs, element] : signs;
  const found = marks.map((sign) => [sign, sign, sign.getBoundingClientRect()]);
  const words = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (words.nextNode() && !element.matches(".player__button")) {
    const node = words.currentNode, holder = node.parentElement, range = document.createRange();
    if (!node.data.trim() || !holder.checkVisibility({ opacityProperty: true })) continue;
    range.selectNodeContents(node);
    found.push(...[...range.getClientRects()].map((rect) => [node, holder, rect]));
  }
  return found.flatMap(([node, holder, rect]) => {
    // A house's own mark is as it drew it, and what cannot be pressed may be faint.
    if (holder.closest(".house-mark, :disabled, [aria-disabled=true]")) return [];
    let {left, top, right, bottom} = rect;
    if (holder.matches(".player__button")) {
      // Its sign stands in the middle of where it is pressed.
      const air = (right - left - 22) / 2;
      [left, top, right, bottom] = [left + air, top + air, right - air, bottom - air];
    }
    for (let around = holder; around; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (style.clipPath !== "none") return [];
      if (style.overflow === "visible") continue;
      const cut = around.getBoundingClientRect();
      const faded = style.maskImage.startsWith("linear") ? 40 : 0;
      if (faded && top < cut.top + faded) return [];
      [left, top] = [Math.max(left, cut.left), Math.max(top, cut.top)];
      [right, bottom] = [Math.min(right, cut.right), Math.min(bottom, cut.bottom)];
    }
    const box = [left, top, right, bottom].map(Math.round);
    const name = node.data ?? node.getAttribute("data-act") ?? node.getAttribute("class") ?? node.tagName;
    const sign = node.nodeType === 1 && !node.matches("input");
    return right - left > 4 && bottom - top > 4 ? [{ name: name.trim().slice(0, 40), sign, box }] : [];
  });
})
"""
# For words, and for signs: WCAG 1.4.3 and 1.4.11.
WORDS, SIGNS = 4.5, 3.0
# So small a part of the ground, as an edge, is nothing that is read.
EDGE = 0.01


def on_white(page: Page) -> None:
    """The hardest picture there is: white from edge to edge."""
    page.evaluate(LAY, WHITE)


def hard_to_read(page: Page, selector: str) -> list[str]:
    """What stands out too little, and by how much; every word and sign is looked at where it lies."""
    inked, painted, ground = looked_at(page, selector)
    assert inked, selector
    told = []
    for one in inked:
        ratio = stands_out(painted.crop(one["box"]), ground.crop(one["box"]))
        if ratio < (SIGNS if one["sign"] else WORDS):
            told.append(f"{one['name']}: {ratio:.2f}")
    return told


def looked_at(page: Page, selector: str) -> tuple[list[dict[str, object]], Image.Image, Image.Image]:
    """Words and signs with their places, the page with its ink and without; anew if something moved."""
    for _ in range(20):
        inked = page.evaluate(INKED, selector)
        painted = shot(page)
        page.evaluate(LAY, NO_INK)
        ground = shot(page)
        page.evaluate(LIFT)
        if page.evaluate(INKED, selector) == inked:
            return inked, painted, ground
    raise AssertionError("the page never stood still")


def shot(page: Page) -> Image.Image:
    return Image.open(BytesIO(page.screenshot(scale="css"))).convert("RGB")


def stands_out(painted: Image.Image, ground: Image.Image) -> float:
    """The strongest ink against the part of the ground that is most like it."""
    behind = [luminance(pixel) for pixel in ground.get_flattened_data()]
    inked = map(luminance, painted.get_flattened_data())
    ink, _ground = max(zip(inked, behind, strict=True), key=lambda pair: contrast(*pair))
    return sorted(contrast(ink, one) for one in behind)[int(EDGE * len(behind))]


def luminance(pixel: tuple[int, int, int]) -> float:
    """Of WCAG 2, from 0 to 1."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in pixel)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
