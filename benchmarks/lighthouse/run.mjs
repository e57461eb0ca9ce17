// Lighthouse (mobile, its usual slow line and slow processor) for each address; one line of JSON for each.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, ...addresses] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"] });
try {
  for (const address of addresses) {
    // a machine that is too busy paints nothing in time: say so instead of giving figures
    const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "error", output: "json" });
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    const scores = Object.fromEntries(Object.entries(lhr.categories).map(([id, one]) => [id, Math.round(one.score * 100)]));
    const found = Object.values(lhr.categories).flatMap(one => one.auditRefs)
      .map(ref => [ref.weight, lhr.audits[ref.id]])
      .filter(([weight, audit]) => weight > 0 && audit.score !== null && audit.score < .9)
      .map(([, audit]) => `${audit.id} ${audit.displayValue ?? ""}`.trim());
    const shown = id => lhr.audits[id].numericValue;
    console.log(JSON.stringify({ address, scores, found, fcp: shown("first-contentful-paint"), lcp: shown("largest-contentful-paint"),
      tbt: shown("total-blocking-time"), cls: shown("cumulative-layout-shift") }));
  }
} finally {
  await chrome.kill();
}
