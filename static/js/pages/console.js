import { $, readJson } from "../lib/dom.js";
import { openConsole } from "../host/console.js";

const root = $("[data-console]");
const data = readJson("console-data");
if (root && data) openConsole(root, data);
