/** The agenda: reminders by notification, once this browser may be written to. */

import { wireChoosers } from "../push/chooser.js";

wireChoosers();
