import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { temporaryFolder } from "@refit/testkit";

/** The browser of this machine; `null`: there is none, and Debian's is `apt-get install chromium`. */
export const chromium = ["chromium", "chromium-browser", "google-chrome"].find(isHere) ?? null;

function isHere(name: string): boolean {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Opens an address and leaves it open until `done` settles. @throws with what the browser said, where it ends before. */
export async function openInBrowser<Answer>(address: string, done: Promise<Answer>): Promise<Answer> {
  const profile = await temporaryFolder();
  const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"];
  const browser = spawn(chromium!, [...flags, `--user-data-dir=${profile}`, address], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  browser.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = once(browser, "close").then(() => {
    throw new Error(`The browser ended: ${said.slice(-2000)}`);
  });
  try {
    return await Promise.race([done, ended]);
  } finally {
    browser.kill();
    await ended.catch(() => {});
  }
}
