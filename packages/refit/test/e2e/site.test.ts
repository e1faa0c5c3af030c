import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { SiteHistory } from "@refit/core/report";
import { addressOf, browserName, startBrowser, violations } from "./support/browsed.ts";
import { championScene, month, preparedScene, type Scene } from "./support/scene.ts";

interface Done {
  readonly folder: string;
  readonly files: number;
  readonly written: number;
  readonly removed: number;
}

async function site(scene: Scene, output = "_site"): Promise<Done> {
  return JSON.parse((await scene.refit("site", [], { output, json: true })).stdout) as Done;
}

/** Promoted, refused data, promoted again, rolled back. */
function eventfulScene(): Promise<Scene> {
  return preparedScene(
    "churn with a past",
    async () => {
      const scene = await championScene();
      scene.at("2026-06-03T00:00:00Z");
      await scene.land({ "data/churn/2026-03.csv": "customer,day,plan,hours,complaints,left\n,not a day,,x,,\n" });
      await scene.run();
      await scene.land(month(3));
      scene.at("2026-06-05T00:00:00Z");
      await scene.run();
      await scene.merge("squash");
      scene.at("2026-06-06T00:00:00Z");
      await scene.refit("rollback", ["churn"]);
      await scene.merge("squash", "refit-rollback--churn");
      return scene;
    },
    "2026-06-06T00:00:00Z",
  );
}

async function contents(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return new Map(files.map((file, i) => [path.relative(folder, file), texts[i]!]));
}

describe("refit site", () => {
  it("tells what happened; the same history gives the same bytes, and only what changed is written anew", async () => {
    const scene = await eventfulScene();
    const first = await site(scene);
    const files = await contents(first.folder);

    const history = JSON.parse(files.get("api/models/churn/index.json")!) as SiteHistory;
    expect(history.events.map(({ kind, version, live }) => [kind, version, live])).toEqual([
      ["promoted", 1, 1],
      ["blocked", null, 1],
      ["promoted", 2, 2],
      ["rollback", 1, 1],
    ]);
    expect(history.versions[1]).toMatchObject({ parent: 1, facts: { comparison: { primary: "rocAuc", rows: 270 } } });

    expect((await site(scene, "other")).written).toBe(first.files);
    expect(await contents(path.join(scene.root, "other"))).toEqual(files);
    expect(await site(scene)).toMatchObject({ written: 0, removed: 0 });
    // Without a cache nothing but the outlook differs, which `status` then does not know either.
    await rm(path.join(scene.root, ".git/refit"), { recursive: true });
    const again = await contents((await site(scene, "third")).folder);
    const told = ["api/index.json", "index.html", "models/churn/index.html", "refit-site.json"];
    const differing = [...again].filter(([file, text]) => files.get(file) !== text).map(([file]) => file);
    expect(differing.sort()).toEqual(told);
    await site(scene);
    files.clear();
    for (const [file, text] of await contents(first.folder)) files.set(file, text);
    expect(files).toEqual(again);

    await rm(path.join(first.folder, "models/churn/v2.html"));
    expect(await site(scene)).toMatchObject({ written: 1, removed: 0 });
    expect(await contents(first.folder)).toEqual(files);

    await scene.git("rm", "-r", "-q", "models/churn");
    await scene.land({}, "No model");
    expect(await site(scene)).toMatchObject({ removed: 7 });
    expect([...(await contents(first.folder)).keys()].filter((file) => file.includes("churn"))).toEqual([]);
  });

  it("is the same as a site of an empty folder, whatever happened since it was made", async () => {
    const scene = await eventfulScene();
    await scene.write(".git/info/exclude", "_site\nfresh\n");
    const folder = path.join(scene.root, "_site");
    const caches = path.join(scene.root, ".git/refit/cache");
    const champion = "models/churn/champion";
    const commits = (await scene.git("log", "--format=%H", "--", champion)).trim().split("\n");
    const restore = (commit: string) => async () => {
      await scene.git("rm", "-r", "-q", "--ignore-unmatch", champion);
      await scene.git("checkout", commit, "--", champion);
      await scene.land();
    };
    const rewritten = async (...args: string[]) => {
      await scene.git(...args);
      await scene.git("push", "--quiet", "--force", "origin", "main");
    };
    const damage = async (name: string, keep: number) => {
      const bytes = await readFile(path.join(caches, name));
      await writeFile(path.join(caches, name), bytes.subarray(0, Math.floor(bytes.length * keep)));
    };
    const steps: Record<string, () => Promise<unknown>> = {
      "the second version is back": restore(commits[1]!),
      "nothing happened": async () => {},
      "a file was removed": () => rm(path.join(folder, "models/churn/v1.html")),
      "a version was edited by hand": () => scene.land({ [`${champion}/README.md`]: "mine" }),
      "what is kept of versions was cut short": () => damage("site/drift", 0.7),
      "the first version is back": restore(commits.at(-1)!),
      "another version was edited by hand": () => scene.land({ [`${champion}/README.md`]: "mine, too" }),
      "history was rewritten to before that": () => rewritten("reset", "--quiet", "--hard", "HEAD~2"),
      "its last commit has another message": () => rewritten("commit", "--quiet", "--amend", "--message", "Other"),
      "the model is gone": async () => {
        await scene.git("rm", "-r", "-q", champion);
        await scene.land();
      },
      "and back": restore(commits[1]!),
      "the ledger went": async () => {
        await scene.git("update-ref", "-d", "refs/heads/refit-ledger");
        await scene.git("update-ref", "-d", "refs/remotes/origin/refit-ledger");
      },
      "a day passed": async () => scene.at("2026-06-08T00:00:00Z"),
      "caches are folders": async () => {
        await rm(caches, { recursive: true });
        for (const name of ["site/drift", "history/records", "parses"]) {
          await mkdir(path.join(caches, name), { recursive: true });
        }
      },
    };
    await site(scene);
    for (const [step, happen] of Object.entries(steps)) {
      await happen();
      await site(scene);
      await rm(path.join(scene.root, "fresh"), { recursive: true, force: true });
      const fresh = await site(scene, "fresh");
      const [kept, made] = [await contents(folder), await contents(fresh.folder)];
      const differing = [...new Set([...kept.keys(), ...made.keys()])].filter(
        (file) => kept.get(file) !== made.get(file),
      );
      expect([step, differing]).toEqual([step, []]);
    }
  });

  it("leaves alone what it did not write", async () => {
    const scene = await championScene();
    const refused = async (output: string, words: RegExp) => {
      const before = await contents(path.join(scene.root, output));
      await expect(site(scene, output)).rejects.toThrow(words);
      expect(await contents(path.join(scene.root, output))).toEqual(before);
    };
    await scene.write("own/notes.txt", "mine");
    await refused("own", /"own" is not empty/);
    await refused("models/churn/champion", /belongs to a version/);

    const { folder } = await site(scene);
    await scene.write("_site/CNAME", "models.example.org");
    await site(scene);
    expect(await readFile(path.join(folder, "CNAME"), "utf8")).toBe("models.example.org");

    await scene.write(
      "_site/refit-site.json",
      JSON.stringify({ format: 1, refit: "0.1.0", files: { "../own/notes.txt": "" } }),
    );
    await refused("_site", /"refit-site.json" is not as refit writes it/);
    await scene.write(
      "_site/refit-site.json",
      JSON.stringify({ format: 1, refit: "0.1.0", files: { "index.html": "" } }),
    );
    await refused("_site", /"models\/churn\/index.html" was not written by refit/);

    await mkdir(path.join(scene.root, "linked"));
    await writeFile(
      path.join(scene.root, "linked/refit-site.json"),
      JSON.stringify({ format: 1, refit: "0.1.0", files: {} }),
    );
    await symlink(path.join(scene.root, "own"), path.join(scene.root, "linked/models"));
    await refused("linked", /"models\/churn" leads to another place/);
    expect(await readdir(path.join(scene.root, "own"))).toEqual(["notes.txt"]);
  });
});

/** Every page that links lead to, from the first. */
async function crawl(page: Page, folder: string, visit: (file: string) => Promise<void>): Promise<string[]> {
  const waiting = ["index.html"];
  const seen = new Set(waiting);
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    await page.goto(addressOf(folder, file));
    await visit(file);
    const links = await page.$$eval("a[href], img[src], link[href], script[src]", (all) =>
      all.map((each) => {
        const { href, src } = each as unknown as { href?: string; src?: string };
        return href ?? src!;
      }),
    );
    for (const link of links) {
      const place = new URL(link);
      if (place.protocol !== "file:") continue;
      const target = path.relative(folder, decodeURIComponent(place.pathname));
      if (target.endsWith(".html") && !seen.has(target)) waiting.push(target);
      seen.add(target);
    }
  }
  return [...seen];
}

/** Sorts by the first column twice and searches for what is not there; nothing is reached by a mouse. */
async function byKeyboard(page: Page): Promise<unknown[]> {
  const press = async (key: string, times = 1) => {
    for (let i = 0; i < times; i++) await page.keyboard.press(key);
  };
  const focused = () => page.evaluate<string>("document.activeElement.textContent || document.activeElement.type");
  const stops: string[] = [];
  while (stops.at(-1) !== "Model" && stops.length < 20) {
    await press("Tab");
    stops.push(await focused());
    if (stops.at(-1) === "search") await page.keyboard.type("nothing like it");
  }
  await press("Enter", 2);
  const sort = await page.getAttribute("th[scope=col]", "aria-sort");
  return [sort, await page.textContent("[role=status]"), await page.locator("tbody tr:visible").count()];
}

/** All numbers of a value, as text with all of their digits. */
function numbersIn(value: unknown): string[] {
  if (typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe.skipIf(browserName === null)("in a browser", () => {
  it("every page opens from a file: readable for all, no request outside, and its numbers are those of --json", async () => {
    const scene = await eventfulScene();
    const { folder } = await site(scene);
    const jsonOf = async (...words: string[]) => {
      const [name, ...args] = words;
      return JSON.parse((await scene.refit(name!, args, { json: true })).stdout) as unknown;
    };
    const known = new Set(
      numbersIn([
        await jsonOf("status"),
        await jsonOf("log", "churn"),
        await jsonOf("show", "churn@v1"),
        await jsonOf("show", "churn@v2"),
      ]),
    );
    const api = JSON.parse(await readFile(path.join(folder, "api/models/churn/index.json"), "utf8")) as SiteHistory;
    const compared = new Set(numbersIn([api.versions.map(({ facts }) => facts.comparison), api.drift]));
    const browser = await startBrowser();
    try {
      const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
      const page = await context.newPage();
      const [outside, said]: string[][] = [[], []];
      page.on(
        "request",
        (request) => void (request.url().startsWith(addressOf(folder, "")) || outside!.push(request.url())),
      );
      page.on("console", (message) => void said!.push(message.text()));
      page.on("pageerror", (error) => void said!.push(error.message));
      const wrong: string[] = [];

      const files = await crawl(page, folder, async (file) => {
        const numbers = await page.$$eval("data", (all) =>
          all.map((each) => (each as unknown as { value: string }).value),
        );
        wrong.push(
          ...numbers.filter((each) => !known.has(each) && !compared.has(each)).map((each) => `${file}: ${each}`),
        );
        const width = await page.evaluate<number>("document.documentElement.scrollWidth");
        if (width > 320) wrong.push(`${file} is ${width} wide`);
        for (const look of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }] as const) {
          await page.emulateMedia(look);
          wrong.push(...(await violations(page)).map((each) => `${file} ${JSON.stringify(look)} ${each}`));
        }
        await page.emulateMedia({ colorScheme: null, forcedColors: null });
      });

      const present = [...(await contents(folder)).keys()];
      expect(files.filter((file) => !present.includes(file))).toEqual([]);
      expect(present.filter((file) => !files.includes(file))).toEqual(["refit-site.json"]);
      expect([wrong, outside, said]).toEqual([[], [], []]);
      await page.goto(addressOf(folder, "index.html"));
      expect(await byKeyboard(page)).toEqual(["descending", "0 of 1", 0]);
      await page.emulateMedia({ media: "print" });
      expect(await page.isVisible("nav")).toBe(false);
    } finally {
      await browser.close();
    }
  });
});
