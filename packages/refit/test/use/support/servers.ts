import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TemporaryRepository } from "@refit/testkit";
import manifest from "../../../package.json" with { type: "json" };
import type { MadeRecord } from "../../../../runtime/src/made-records.fixture.ts";
import { jsonColumns, jsonOf } from "./record-files.ts";

const bin = fileURLToPath(new URL(`../../../${manifest.bin.refit}`, import.meta.url));

export interface RefitServer {
  /** Without a slash at the end. */
  readonly address: string;
  /** On standard error, so far. */
  said(): string;
  stop(): void;
}

/** `refit serve` as a process of its own. */
export async function refitServe(
  { root, env }: Pick<TemporaryRepository, "root" | "env">,
  words: readonly string[],
): Promise<RefitServer> {
  const args = [bin, "serve", ...words, "--port", "0", "--json"];
  const server = spawn(process.execPath, args, { cwd: root, env });
  let said = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = once(server, "exit").then(() => {
    throw new Error(`refit serve ended: ${said}`);
  });
  const [line] = (await Promise.race([once(server.stdout.setEncoding("utf8"), "data"), ended])) as [string];
  ended.catch(() => {});
  const { address } = JSON.parse(line) as { readonly address: string };
  return { address, said: () => said, stop: () => void server.kill("SIGKILL") };
}

type Answer = { readonly value: number } | { readonly probabilities: readonly number[] };

/** Rows in one request, so that its body stays below 1 MiB. */
const batch = 2000;

/** What a server answers, as a predictor gives it; requests have records and columns by turns. */
export async function answersOverHttp(
  address: string,
  model: string,
  records: readonly MadeRecord[],
): Promise<Float64Array> {
  const values: number[] = [];
  for (let first = 0; first < records.length; first += batch) {
    const some = records.slice(first, first + batch);
    const isEven = (first / batch) % 2 === 0;
    const body = isEven ? `{"records":[${some.map(jsonOf).join(",")}]}` : `{"columns":${jsonColumns(some)}}`;
    for (const value of valuesOf(await asked(address, model, body))) values.push(value);
  }
  return Float64Array.from(values);
}

/** @throws where it is refused */
export async function asked(address: string, model: string, body: string): Promise<readonly Answer[]> {
  const response = await fetch(`${address}/models/${model}/predict`, { method: "POST", body });
  if (response.status !== 200) throw new Error(await response.text());
  return ((await response.json()) as { readonly answers: readonly Answer[] }).answers;
}

/** Of a binary model the probability of the positive class alone, as its predictor gives it. */
export function valuesOf(answers: readonly Answer[]): number[] {
  return answers.flatMap((answer) => {
    if ("value" in answer) return [answer.value];
    const { probabilities } = answer;
    return probabilities.length === 2 ? [probabilities[1]!] : [...probabilities];
  });
}
