"""Somebody who has a keyboard and nothing else. Wherever she stops, she must see where she is:
a ring that stands out, nothing that lies over it, and a place further down the page than the last."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import ElementHandle, Locator, Page

STOPS = 150
# What is wrong with the place where the focus is now; ``last`` is where it was before.
LOOK = """(last) => {
  const one = document.activeElement, wrong = [];
  if (!one || one === document.body) return ["nowhere"];
  const style = getComputedStyle(one), boxes = [...one.getClientRects()];
  const light = colour => {
    const part = colour.match(/[\\d.]+/g).slice(0, 3).map(n => n / 255)
      .map(n => n <= .04045 ? n / 12.92 : ((n + .055) / 1.055) ** 2.4);
    return .2126 * part[0] + .7152 * part[1] + .0722 * part[2];
  };
  let behind = one.parentElement;
  const clear = box => /, 0\\)|transparent/.test(getComputedStyle(box).backgroundColor);
  while (behind.parentElement && clear(behind)) behind = behind.parentElement;
  const [a, b] = [light(style.outlineColor), light(getComputedStyle(behind).backgroundColor)];
  const contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push("no ring");
  else if (contrast < 3) wrong.push(`a ring of contrast ${contrast.toFixed(1)}`);
  for (const box of [boxes[0], boxes.at(-1)]) {
    if (!box || box.width < 2 || box.height < 2) { wrong.push("too small to be seen"); continue; }
    const x = Math.min(innerWidth - 1, Math.max(0, box.left + box.width / 2));
    if (box.height < innerHeight && (box.top < -1 || box.bottom > innerHeight + 1))
      wrong.push("outside the window");
    const edge = Math.min(10, box.height / 4); // targets of neighbours may touch
    for (const y of [Math.max(0, box.top) + edge, Math.min(innerHeight, box.bottom) - edge]) {
      const top = document.elementFromPoint(x, y);
      if (top && !one.contains(top) && !top.contains(one)) wrong.push(`under ${top.className}`);
    }
  }
  const follows = Node.DOCUMENT_POSITION_FOLLOWING;
  if (last && last !== one && last.isConnected && !(last.compareDocumentPosition(one) & follows))
    wrong.push("before the place it came from");
  if (one.tabIndex > 0) wrong.push("in an order of its own");
  const words = (one.getAttribute("aria-label") || one.innerText || one.name || one.id).trim();
  return wrong.map(what => `${location.pathname}: ${one.tagName} "${words}" is ${what}`);
}"""


# One look after each Tab; the page itself keeps where the focus was before, and forgets it with the document.
STOP = f"""(wanted) => {{
  const one = document.activeElement, look = {LOOK};
  const wrong = one && one !== document.body ? look(window.stopBefore) : null;
  window.stopBefore = wrong && one;
  return {{ wrong, there: Boolean(wanted) && one === wanted }};
}}"""


class Keyboard:
    """Keys on a page. Every stop on the way is looked at: ``wrong`` gathers what is the matter."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []

    def tab(self) -> None:
        """One stop further."""
        self._stop()

    def walk(self) -> int:
        """From here to the end of the page; says how many stops there were."""
        for stop in range(1000):
            if self._stop()["wrong"] is None:  # past the last one
                return stop
        raise AssertionError(f"{self.page.url} has no end")

    def _stop(self, wanted: ElementHandle | None = None) -> dict[str, Any]:
        self.page.keyboard.press("Tab")
        seen: dict[str, Any] = self.page.evaluate(STOP, wanted)
        self.wrong += seen["wrong"] or []
        return seen

    def to(self, role: Any, name: str, number: int = 0) -> None:
        """Tab to the ``number``-th thing with that role and name, as a screen reader calls it."""
        self.reach(self.page.get_by_role(role, name=name, exact=True).nth(number), f"{role} {name}")

    def reach(self, place: Locator, called: str) -> None:
        """Tab until the focus is there."""
        wanted = place.element_handle()
        if self.page.evaluate("one => document.activeElement === one", wanted):
            return
        for _stop in range(STOPS):
            if self._stop(wanted)["there"]:
                return
        raise AssertionError(f"{self.page.url}: no way with Tab to {called}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def go(self, key: str = "Enter") -> None:
        """Press what leads to another page, and wait for it."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)

    def choose(self, words: str) -> None:
        """Go down the list that has the focus to the line with these words."""
        for _line in range(200):
            if self.page.evaluate("document.activeElement.selectedOptions[0].label") == words:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: no line {words}")

    def focused(self) -> Locator:
        return self.page.locator(":focus")
