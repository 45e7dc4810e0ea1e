/** The live room's page: its poster, chat and pieces are there to be seen before its script travels. */

import { firstPaint } from "../lib/paint.js";

await firstPaint();
const { openPage } = await import("../room/page.js");
openPage();
