/** What every page does: times in the viewer's zone, toasts, drawers. */

import { listenToDialogs } from "./lib/dialog.js";
import { listenToToasts } from "./lib/toast.js";
import { localiseTimes } from "./lib/times.js";

localiseTimes();
listenToToasts();
listenToDialogs();
