/**
 * Weighs pages with Lighthouse's phone profile, one after another in one Chromium.
 *
 * In, on standard input: {"pages": [{"name", "url", "cookie"}], "folder"}. Out: one line of JSON per page.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";
import { text } from "node:stream/consumers";

import { launch } from "chrome-launcher";
import lighthouse, { defaultConfig } from "lighthouse";
import { pageFunctions } from "lighthouse/core/lib/page-functions.js";
import puppeteer from "puppeteer-core";

const FLAGS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required",
  // The certificate is made for one run; the names are those of loopback.
  "--ignore-certificate-errors",
];
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

/**
 * How much slower than this machine, as it is just now, Lighthouse's phone is: four times where the machine is a fast
 * desktop, less where it is not or others work on it. The steps are those of Lighthouse's own calculator.
 * @param {number} index Lighthouse's BenchmarkIndex
 */
function slowdownOf(index) {
  if (index >= 1300) return Math.min(4, 3 + (index - 1300) / 233);
  if (index >= 800) return 2 + (index - 800) / 500;
  return Math.max(1, 1 + (index - 150) / 650);
}

/** @param {any} lhr */
function figures(lhr) {
  const of = (/** @type {string} */ id) => lhr.audits[id]?.numericValue ?? 0;
  return {
    scores: Object.fromEntries(CATEGORIES.map((id) => [id, Math.round(lhr.categories[id].score * 100)])),
    first: of("first-contentful-paint"),
    largest: of("largest-contentful-paint"),
    shift: of("cumulative-layout-shift"),
    blocked: of("total-blocking-time"),
    bytes: of("total-byte-weight"),
    slowdown: lhr.configSettings.throttling.cpuSlowdownMultiplier,
    lost: CATEGORIES.flatMap((id) => lostIn(lhr, id)),
  };
}

/** What cost points, worst first: "seo: meta-description (0)". @param {any} lhr @param {string} id */
function lostIn(lhr, id) {
  return lhr.categories[id].auditRefs
    .filter((/** @type {any} */ ref) => ref.weight && (lhr.audits[ref.id].score ?? 1) < 0.9)
    .sort((/** @type {any} */ a, /** @type {any} */ b) => b.weight - a.weight)
    .map((/** @type {any} */ ref) => `${id}: ${ref.id} (${lhr.audits[ref.id].displayValue ?? lhr.audits[ref.id].score})`);
}

/** Give the browser the cookies of that page; one that has none keeps them from the others' pages. @param {any} page */
async function sign(page) {
  const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${chrome.port}`, defaultViewport: null });
  await browser.deleteMatchingCookies(...(await browser.cookies()));
  const given = page.cookie ? page.cookie.split("; ") : [];
  const { hostname: domain } = new URL(page.url);
  const named = given.map((/** @type {string} */ one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]);
  for (const [name, value] of named) await browser.setCookie({ name, value, domain, path: "/", secure: true });
  await browser.disconnect();
}

/** One turn; a trace that a busy machine spoiled is taken again. @param {any} page */
async function weigh(page, again = 2) {
  const result = await lighthouse(
    page.url,
    {
      port: chrome.port,
      logLevel: "silent",
      output: "json",
      onlyCategories: CATEGORIES,
      disableFullPageScreenshot: true,
      throttling: {
        ...defaultConfig.settings?.throttling,
        cpuSlowdownMultiplier: slowdownOf(pageFunctions.computeBenchmarkIndex()),
      },
      throttlingMethod: "simulate",
      maxWaitForLoad: 20_000,
    },
    defaultConfig,
  );
  if (result && !result.lhr.runtimeError) return result;
  if (!again) throw new Error(`${page.name}: ${result?.lhr.runtimeError?.message}`);
  return weigh(page, again - 1);
}

const { pages, folder } = JSON.parse(await text(process.stdin));
const chrome = await launch({ chromePath: env.CHROME_PATH, chromeFlags: FLAGS, logLevel: "silent" });
try {
  for (const page of pages) {
    await sign(page);
    const result = await weigh(page);
    if (result.lhr.finalDisplayedUrl !== page.url) throw new Error(`${page.name} led to ${result.lhr.finalDisplayedUrl}`);
    writeFileSync(join(folder, `${page.name}.json`), result.report.toString());
    console.log(JSON.stringify({ name: page.name, ...figures(result.lhr) }));
  }
} finally {
  chrome.kill();
}
