// Lighthouse (mobile, its usual slow line and slow processor) for each address; one line of JSON for each.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, ...addresses] = process.argv.slice(2);
const TRIES = 4; // a machine that is too busy paints nothing in time, and Lighthouse gives up

async function look(address) {
  const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"] });
  try {
    return (await lighthouse(address, { port: chrome.port, logLevel: "silent", output: "json" })).lhr;
  } finally {
    await chrome.kill();
  }
}

for (const address of addresses) {
  let lhr = await look(address);
  for (let tried = 1; lhr.runtimeError && tried < TRIES; tried++) lhr = await look(address);
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
