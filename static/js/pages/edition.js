/** An edition's page before it opens: counts down in words, and shows the open page when the moment has come. */

import { serverNow, waitText } from "../lib/clock.js";
import { $ } from "../lib/dom.js";

const wait = $("[data-opens]");
const opens = Date.parse(wait?.dataset["opens"] ?? "");
// Later than the moment, so that a page whose clock runs a little ahead does not load the same again.
const PATIENCE_MS = 2_000;

if (wait && opens > serverNow()) {
  const draw = () => {
    wait.textContent = waitText(opens);
  };
  draw();
  const ticking = setInterval(() => {
    draw();
    if (serverNow() < opens + PATIENCE_MS) return;
    clearInterval(ticking);
    location.reload();
  }, 1000);
}
