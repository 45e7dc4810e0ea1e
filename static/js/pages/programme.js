/** The programme of a long show on the page before it. */

import { $, readJson } from "../lib/dom.js";
import { wireProgramme } from "../room/programme.js";

const root = $("[data-programme-before]");
const rows = readJson("programme-rows");
if (root && rows) {
  const { slug = "", start = "", zone = "UTC" } = root.dataset;
  const plan = { rows, startsAt: Date.parse(start), zone, over: false };
  wireProgramme(root, { slug, plan: () => plan });
}
