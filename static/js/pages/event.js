/** The page before a show: the wait, reminders, the list for the night, and sharing the address. */

import { waitForRoom } from "../event/waiting.js";
import { wireWishes } from "../event/wishes.js";
import { $ } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";
import { wireChoosers } from "../push/chooser.js";

waitForRoom();
wireWishes();
wireChoosers();

const share = $("[data-share]");
if (share && (navigator.share || navigator.clipboard)) {
  share.hidden = false;
  share.addEventListener("click", async () => {
    const url = location.href.split("#")[0] ?? location.href;
    if (navigator.share) await navigator.share({ title: document.title, url }).catch(() => null);
    else await navigator.clipboard.writeText(url).then(() => toast(t("The address is copied.")));
  });
}
