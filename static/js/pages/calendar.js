/** The calendar: days as the viewer's zone has them, reminders once this browser may be written to. */

import { $ } from "../lib/dom.js";
import { tellZone } from "../lib/times.js";
import { wireChoosers } from "../push/chooser.js";

tellZone();
// The first page of a visit was drawn in UTC, where a show may stand on another day.
const ours = Intl.DateTimeFormat().resolvedOptions().timeZone;
if ($("[data-zone-unknown]") && ours !== "UTC" && document.cookie.includes("seenow_zone=")) location.reload();
else wireChoosers();
