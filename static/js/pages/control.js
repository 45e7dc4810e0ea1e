import { $, readJson } from "../lib/dom.js";
import { openControl } from "../control/main.js";

const root = $("[data-control]");
const data = readJson("control-data");
if (root && data) openControl(root, data);
