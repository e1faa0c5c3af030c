import path from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { chromium as driver, type Browser, type Page } from "playwright-core";
import { execFileSync } from "node:child_process";
import { chromium } from "../../../../runtime/test/support/chromium.ts";

export const browserName = chromium;

/** Starts the browser of this machine. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = execFileSync("which", [chromium!], { encoding: "utf8" }).trim();
  return driver.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
}

export const addressOf = (folder: string, file: string) => pathToFileURL(path.join(folder, file)).href;

/** What the rules of accessibility find, as `rule: element`. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: rules } = globalThis as unknown as {
      axe: { run(how: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await rules.run({ preload: false })).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`,
    );
  });
  return found;
}
