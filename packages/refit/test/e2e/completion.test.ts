import { execFile, spawnSync } from "node:child_process";
import { access, chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { refitBin, refitProcess } from "./support/cli.ts";
import { churnScene } from "./support/scene.ts";

/** Runs lines in a shell, in the repository of a model, with `refit` on its path. @returns what it printed, line by line. */
async function said(shell: string, args: readonly string[], script: string): Promise<string[]> {
  const { repository } = await churnScene();
  const folder = await temporaryFolder();
  const refit = path.join(folder, "refit");
  await writeFile(refit, `#!/bin/sh\nexec "${process.execPath}" "${refitBin}" "$@"\n`);
  await chmod(refit, 0o755);
  const env = { ...repository.env, PATH: `${folder}:${process.env["PATH"]}` };
  const { stdout } = await promisify(execFile)(shell, [...args, "-c", script], { cwd: repository.root, env });
  return stdout.split("\n").filter(Boolean);
}

const has = (shell: string) => spawnSync(shell, ["-c", "true"]).status === 0;

describe("completion", () => {
  it("has a help, like every command", async () => {
    const help = [
      "refit complete <shell>",
      "Print a script that completes commands, options and models: bash, zsh or fish.",
    ];

    expect(await said("bash", ["--norc"], "refit complete --help; refit help complete")).toEqual([...help, ...help]);
  });

  it("is asked by bash, which evaluates nothing of what was typed", async () => {
    const trap = path.join(await temporaryFolder(), "evaluated");
    const press = `source <(refit complete bash)
      press() { COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _refit; echo "\${COMPREPLY[*]}."; }
      press refit sta; press refit log ''; press refit export churn --to ''; press refit log '$(touch ${trap})' ''`;

    expect(await said("bash", ["--norc"], press)).toEqual(["status.", "churn.", "onnx mlflow.", "."]);
    await expect(access(trap)).rejects.toThrow("ENOENT");
  });

  it.skipIf(!has("fish"))("is asked by fish, which offers files where there is no suggestion", async () => {
    const press = `refit complete fish | source
      for line in 'refit sta' 'refit log ' 'refit predict churn da'; complete -C $line; end`;

    const lines = await said("fish", ["--no-config"], press);

    expect(lines.map((line) => line.split("\t")[0])).toEqual(["status", "churn", "data/", "data-manifests/"]);
  });

  it.skipIf(!has("zsh"))("is asked by zsh", async () => {
    const press = `compdef() { }; _files() { print files }; _describe() { print -l -- "\${(@P)@[-1]}" }
      source <(refit complete zsh)
      press() { words=("$@"); CURRENT=$#; _refit }
      press refit sta; press refit log ''; press refit predict churn ''`;

    const lines = await said("zsh", ["-f"], press);

    expect(lines).toEqual([expect.stringMatching(/^status:Show every model/), "churn:", "files"]);
  });
});

describe("help", () => {
  it("is the same in both ways to ask for it, and names the nearest command", async () => {
    const scene = await churnScene();
    const [asked, option, unknown] = await Promise.all([
      refitProcess(scene.repository, ["help", "log"]),
      refitProcess(scene.repository, ["log", "--help"]),
      refitProcess(scene.repository, ["help", "lgo"]),
    ]);

    const overviews = await Promise.all(
      [[], ["help"], ["--help"]].map((words) => refitProcess(scene.repository, words)),
    );

    expect(asked).toMatchObject({ exitCode: 0, stdout: option.stdout });
    for (const overview of overviews)
      expect(overview).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/^ {2}init +Write a data manifest/m),
        stderr: "",
      });
    expect(asked.stdout).toContain("refit log churn");
    expect(unknown).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Did you mean "log"?') });
  });
});
