import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { churnManifest, churnSpec, generator } from "./support/churn.ts";
import { stateOf } from "./support/refs.ts";
import { churnScene, type Scene } from "./support/scene.ts";

const column = '<img src=x onerror="alert(1)">|`**bold**`\u200B\n::error::x\u2028';
const values = [
  "</code></details><script>alert(2)</script>",
  "| a | b |\n| --- | --- |\n# heading",
  "\u001B]0;title\u0007\u001B[2J",
  "@everyone [link](javascript:alert(3)) ![x](https://example.com/x.png)",
  "--> <!-- refit -->",
  "\u202Etxet\u0001",
];
const file = "data/churn/$(touch pwned)|<b>`x`.csv";

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Rows in which a text of the list decides the answer. */
function hostileCsv(rows: number, seed: number, kinds = values.length): string {
  const random = generator(seed);
  const lines = Array.from({ length: rows }, (_, i) => {
    const value = Math.floor(random() * kinds);
    const day = new Date(Date.UTC(2026, 0, 1) + i * 3_600_000).toISOString().slice(0, 10);
    const hours = random() * 9;
    const left = random() < 0.1 + value * 0.1 + hours * 0.04;
    return [`${seed}-${i}`, day, quoted(values[value]!), hours.toFixed(2), left].join(",");
  });
  return `customer,day,${quoted(column)},hours,left\n${lines.join("\n")}\n`;
}

async function hostileScene(spec: object = {}): Promise<Scene> {
  const scene = await churnScene();
  await scene.land({
    "models/churn/model.yaml": { ...churnSpec, slices: [column], ...spec },
    "data-manifests/churn.yaml": { sources: churnManifest.sources },
    "data/churn/2026-01.csv": hostileCsv(700, 1),
    "data/churn/2026-02.csv": hostileCsv(300, 2),
    [file]: hostileCsv(50, 3),
  });
  return scene;
}

type Node = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>["children"][number];

/** Nothing here may be read as markup, a mention, a link, or an order to a terminal. */
function expectHarmless(text: string, what: string): void {
  const steering = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
  expect(text.replaceAll(/[\t\n]/g, ""), `harmless ${what}`).not.toMatch(steering);
}

/** What a reader of Markdown does not take literally: pages of a clone have values in spans of code, which nothing in them can end. */
function outsideOfSpans(text: string): string {
  const spans: { start: number; end: number }[] = [];
  const visit = (node: Node): void => {
    const { start, end } = node.position!;
    if (node.type === "inlineCode") spans.push({ start: start.offset!, end: end.offset! });
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return spans.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text);
}

function expectHarmlessMarkdown(markdown: string, what: string): void {
  expectHarmless(markdown, what);
  const text = outsideOfSpans(markdown);
  expect(text, `harmless ${what}`).not.toMatch(/<(?!\/?(?:code|details|summary|wbr|br)>)/);
  expect(text.match(/<details>/g)?.length, `harmless ${what}`).toBe(text.match(/<\/details>/g)?.length);
  expect(text, `harmless ${what}`).not.toMatch(/\]\(javascript|!\[x\]\(|(?<!\\|&#)@everyone/);
  for (const line of text.split("\n")) expect(line, `harmless ${what}`).not.toMatch(/^# heading/);
}

describe("names and values out of hostile data", () => {
  it("reach report, model card and terminal only escaped", async () => {
    const scene = await hostileScene();

    const { stdout, notices, exitCode } = await scene.refit("run", ["churn"]);

    const { pages } = await stateOf(scene.repository);
    expect(exitCode).toBe(0);
    expectHarmless(stdout + notices.join("\n"), "terminal");
    expectHarmlessMarkdown(pages["proposals/churn.md"]!, "proposal");
    for (const word of ["alert(1)", "alert(2)", "everyone"]) {
      expect(pages["proposals/churn.md"], "it is there, as text").toContain(word);
    }
    const card = await scene.git("show", "refit--churn:models/churn/champion/README.md");
    expectHarmlessMarkdown(card.replace(/^---\n.*?\n---\n/s, ""), "model card");
    expectHarmless(card, "model card");
    expect(await scene.git("status", "--porcelain")).toBe("");
  });

  it.each([
    ["an escape code", "\u001B]0;title\u0007"],
    ["a zero byte", "a\0b"],
    ["a change of direction", "\u202Etxet"],
  ])("that cannot be a column's are told with file and position, harmless everywhere: %s", async (_what, name) => {
    const scene = await churnScene();
    await scene.land({ [file]: `customer,${quoted(`${name}<b>`)}\n1,2\n` });

    const { stdout, exitCode } = await scene.refit("run", ["churn"]);

    expect(exitCode).toBe(3);
    expect(stdout).toContain('column 2 of "data/churn/$(touch pwned)|<b>`x`.csv" is named');
    expectHarmless(stdout, "terminal");
    const { pages } = await stateOf(scene.repository);
    const alert = Object.entries(pages).find(([page]) => page.startsWith("alerts/"))![1];
    expect(alert).toContain("is named");
    expectHarmlessMarkdown(alert, "alert");
  });

  it("reach the gates of slices only escaped", async () => {
    const scene = await hostileScene({ gates: [{ metric: "rocAuc", min: 0.999, slice: "*" }] });
    await scene.land({ "data/churn/2026-02.csv": hostileCsv(2500, 2) });

    const { stdout } = await scene.refit("run", ["churn"]);

    expect(stdout).toMatch(/churn: rejected[^]*alert\(2\)[^]*\n {2}report: refit report churn --last$/);
    expectHarmless(stdout, "terminal");
  });

  it("reach drift, alerts, log, show and diff only escaped", async () => {
    const scene = await hostileScene({ retrain: { drift: true } });
    await scene.run();
    await scene.merge("squash");
    scene.at("2026-06-05T00:00:00Z");
    await scene.land({ "data/churn/2026-03.csv": hostileCsv(300, 4, 3) });
    const second = await scene.refit("run", ["churn"]);
    const drift = await scene.refit("drift", ["churn"]);
    await scene.land({ [file]: `${hostileCsv(20, 5)}too,many,fields,in,this,row\n` });
    const blocked = await scene.refit("run", ["churn"]);

    const told = [
      second,
      drift,
      blocked,
      ...(await Promise.all(["log", "show"].map((name) => scene.refit(name, ["churn"])))),
    ];
    for (const { stdout, notices } of told) expectHarmless(stdout + notices.join("\n"), stdout);
    const { pages } = await stateOf(scene.repository);
    expect(drift.stdout).toMatch(/alert\(1\).* drift/);
    expect(blocked.exitCode).toBe(3);
    for (const [name, page] of Object.entries(pages)) if (name.endsWith(".md")) expectHarmlessMarkdown(page, name);
  });

  it("leave no value of a sensitive column behind", async () => {
    const scene = await hostileScene();
    const secrets = hostileCsv(700, 1).replaceAll("@everyone", "Jane Roe");
    await scene.land({
      "data/churn/2026-01.csv": secrets,
      "data-manifests/churn.yaml": { sources: churnManifest.sources, sensitive: [column] },
      "models/churn/model.yaml": {
        ...churnSpec,
        slices: [],
        features: { exclude: ["customer", column] },
        gates: [{ metric: "rocAuc", min: 0.4 }],
      },
    });

    const { stdout } = await scene.refit("run", ["churn"]);

    const folder = await scene.git("grep", "-c", "Jane Roe", "refit--churn", "--", "models").catch(() => "nothing");
    const ledger = await scene.git("grep", "-c", "Jane Roe", "refit-ledger").catch(() => "nothing");
    expect([folder, ledger]).toEqual(["nothing", "nothing"]);
    expect(stdout).toContain("churn: proposed");
    expect(stdout).not.toContain("Jane Roe");
  });
});
