/** The moderators' page of one room. */

import { $ } from "../lib/dom.js";
import { openDesk } from "../moderator/desk.js";

const root = $("[data-desk]");
if (root) openDesk(root);
