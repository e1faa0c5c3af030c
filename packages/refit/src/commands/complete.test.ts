import { describe, expect, it } from "vitest";
import { suggestions } from "./complete.ts";

const models = async () => ["apps/shop/churn", "churn", "fraud"];

async function words(...typed: string[]): Promise<string[]> {
  return (await suggestions(typed, models)).map(([word]) => word);
}

describe("what may stand at the end of a line", () => {
  it.each<[typed: string, expected: string[]]>([
    ["r", ["run", "rollback", "reject", "report", "reproduce"]],
    ["help ver", ["verify", "verify-signature"]],
    ["help run ", []],
    ["complete ", ["bash", "zsh", "fish"]],
    ["log ", ["apps/shop/churn", "churn", "fraud"]],
    ["log ch", ["churn"]],
    ["log churn ", []],
    ["run churn ", ["apps/shop/churn", "fraud"]],
    ["run churn -", expect.arrayContaining(["--all", "--force", "--help", "--forge"])],
    ["run --dry-run --dry", []],
    ["run --limit memoryMiB=1 --lim", ["--limit"]],
    ["run --force reason ch", ["churn"]],
    ["run --force ", []],
    ["export churn --to ", ["onnx", "mlflow"]],
    ["export churn --to = m", ["mlflow"]],
    ["export churn --to=m", ["--to=mlflow"]],
    ["features materialize spend --model f", ["fraud"]],
    ["features ", ["materialize"]],
    ["cache p", ["prune"]],
    ["schema led", ["ledger-row"]],
    ["sign --key ", []],
    ["predict churn ", []],
    ["nothing ", []],
    ["constructor ", []],
  ])("%s", async (typed, expected) => {
    expect(await words(...typed.split(" "))).toEqual(expected);
  });

  it("says what commands and options mean", async () => {
    expect(await suggestions(["sta"], models)).toEqual([["status", expect.stringMatching(/^Show every model/)]]);
    expect(await suggestions(["log", "--js"], models)).toEqual([
      ["--json", "print versions, with all metrics, and events as JSON; forget: what was removed"],
    ]);
  });
});
