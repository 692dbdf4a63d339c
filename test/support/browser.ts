import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { onTestFinished } from "vitest";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
];

/** Where Chromium is on this machine; null where there is none. `CHROMIUM` names another place. */
export function findChromium(): string | null {
  return [process.env["CHROMIUM"] ?? "", ...places].find((path) => existsSync(path)) ?? null;
}

/** Starts a headless Chromium that ends with the test and has no business with the network. */
export async function openBrowser(executablePath: string): Promise<Browser> {
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet];
  const browser = await chromium.launch({ executablePath, args });
  onTestFinished(() => browser.close());
  return browser;
}
