/** The buy sheet of a room, which nobody opens before there is something to see. */

import { firstPaint } from "../lib/paint.js";

await firstPaint();
const { wireBuying } = await import("../room/buy.js");
wireBuying();
