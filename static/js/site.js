/** What every page does: times in the viewer's zone, toasts, drawers. */

import { listenToDialogs } from "./lib/dialog.js";
import { listenToToasts } from "./lib/toast.js";
import { localiseTimes, tellZone } from "./lib/times.js";
import { keepWorker } from "./lib/worker.js";

tellZone();
localiseTimes();
listenToToasts();
listenToDialogs();
keepWorker();
