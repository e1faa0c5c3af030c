import path from "node:path";
import type { ToldDemo } from "@refit/core/answers";
import { UsageError } from "@refit/core/errors";
import { quoteForTerminal, wrapped } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { DemoLine } from "../runs/demo/demo-scene.ts";
import type { Flags } from "./command.ts";

export const usage = "refit demo [folder] [--json]";
export const summary =
  "Play a year in the life of a model in a new folder, on real data: a first model, a quiet night, broken data, a better model, a rollback. Needs no network.";
export const examples = [
  ["refit demo", "in the new folder refit-demo, which you can look at afterwards"],
  ["refit demo /tmp/birds", "in another one"],
] as const;
export const options = { json: { type: "boolean" } } as const;
export const optionHelp = { json: "print the story, and what can be tried next, as JSON" };

const columns = 100;

/** Typed in the folder; a test runs each of them. */
const next = [
  ["refit status", "what is live, and what refit will do next"],
  ["refit history birdstrikes", "everything that happened, with the reasons"],
  ["refit report birdstrikes@v1", "the report that the reviewer read"],
  ["refit diff birdstrikes v1 v2", "both versions on the same rows"],
  ["git log --first-parent -- models/birdstrikes/champion", "the versions, as git has them"],
  ["refit rollback birdstrikes --to v2", "proposes the second version again"],
] as const;

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [name = "refit-demo", ...more] = args;
  if (more.length > 0) throw new UsageError("demo takes one folder.", usage);
  const folder = path.resolve(ports.workTree.here, name);
  if ((await ports.files.children(folder)).length > 0) throw new UsageError(occupied(name), usage);
  const { playDemo } = await import("../runs/demo/play-demo.ts");
  if (flags.json === true) {
    const story: DemoLine[] = [];
    const { versions } = await playDemo(ports, folder, (line) => void story.push(line));
    const answer = { folder, story, versions, next: next.map(([words]) => words) } satisfies ToldDemo;
    ports.out.print(JSON.stringify(answer, null, 2));
    return 0;
  }
  await playDemo(ports, folder, (line) => {
    for (const text of linesOf(line)) ports.out.print(text);
  });
  const width = Math.max(...next.map(([words]) => words.length));
  const lines = next.map(([words, does]) => `  ${words.padEnd(width)}  ${does}`);
  for (const line of [
    "",
    `The repository is yours to try things in: cd ${/^[\w./-]+$/.test(name) ? name : quoteForTerminal(name)}`,
    "",
    ...lines,
  ])
    ports.out.print(line);
  return 0;
}

const occupied = (name: string) =>
  `${quoteForTerminal(name)} has files in it, and the demo wants a folder of its own. Nothing was changed. Name another folder, such as \`refit demo another-folder\`, or remove this one.`;

/** A paragraph for what is told; below it commands, and what they print. */
export function linesOf({ kind, text }: DemoLine): string[] {
  if (kind === "told") return ["", ...wrapped(text, columns)];
  if (kind === "command") return [`  $ ${text}`];
  return text.split("\n").map((line) => (line === "" ? "" : `    ${line}`));
}
