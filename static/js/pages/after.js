/** The page after a show: reminders of the one that comes next. */

import { wireChoosers } from "../push/chooser.js";

wireChoosers();
