import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { pythonTool } from "@refit/testkit/python";
import { afterAll, expect, it, onTestFinished } from "vitest";
import { parseAllDocuments } from "yaml";
import { documentedVersion } from "../../../packages/runtime/test/support/documented-version.ts";
import { readText, root } from "../src/repository.ts";
import { emptyFolder, packAll, removeFolders, shellIn } from "./support.ts";

afterAll(removeFolders);

const example = path.join(root, "examples/serve");
const run = promisify(execFile);

interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** Lines of a Dockerfile, those that go on joined. */
function instructions(text: string): readonly Instruction[] {
  const lines = text
    .replace(/^#.*\n/gm, "")
    .replace(/\\\n/g, " ")
    .split("\n");
  return lines.filter(Boolean).map((line) => {
    const [, word, rest] = /^([A-Z]+)\s+(.*)$/.exec(line)!;
    return { word: word!, rest: rest!.trim() };
  });
}

const dockerfile = instructions(readText("examples/serve/Dockerfile"));
const all = (word: string) => dockerfile.filter((each) => each.word === word).map(({ rest }) => rest);
const only = (word: string) => all(word).at(-1)!;

interface Container {
  readonly command?: readonly string[];
  readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly securityContext: object;
  readonly resources: object;
}

interface Deployment {
  readonly kind: string;
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly securityContext: object;
        readonly initContainers: readonly [Container];
        readonly containers: readonly [Container & { readonly readinessProbe: object; readonly livenessProbe: object }];
      };
    };
  };
}

const [deployment] = parseAllDocuments(readText("examples/serve/kubernetes.yaml")).map(
  (document) => document.toJS() as Deployment,
);
const pod = deployment!.spec.template.spec;

/** A repository with a model, as a remote is. */
async function published(folder: string): Promise<string> {
  const remote = path.join(folder, "remote");
  await mkdir(remote);
  const shell = shellIn(remote);
  await shell("git", ["init", "--quiet", "--initial-branch=main"]);
  for (const [file, bytes] of await documentedVersion()) {
    const place = path.join(remote, "models/birdstrikes/champion", file);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, bytes);
  }
  await shell("git", ["add", "--all"]);
  await shell("git", ["commit", "--quiet", "--message", "A model"]);
  return remote;
}

it("the example's Dockerfile installs, starts, is healthy and ends by its own lines, on a clone by Kubernetes' own", async () => {
  const folder = await emptyFolder();
  const app = path.join(folder, "app");
  await mkdir(app);
  const { runtime, serve } = await packAll();
  for (const tarball of [runtime, serve]) await copyFile(tarball, path.join(app, path.basename(tarball)));
  await shellIn(app)("sh", ["-c", all("RUN")[0]!]);
  await copyFile(path.join(example, "serve.mjs"), path.join(app, "serve.mjs"));
  const settings = Object.fromEntries(pod.initContainers[0].env.map(({ name, value = "no secret" }) => [name, value]));
  const clone = { REPOSITORY_URL: `file://${await published(folder)}`, REPOSITORY: path.join(folder, "clone") };
  const declared = Object.fromEntries(
    only("ENV")
      .split(" ")
      .map((each) => each.split("=") as [string, string]),
  );
  const ours = { PATH: process.env["PATH"]!, HOME: folder, HOST: "127.0.0.1", PORT: "0" };
  const env = { ...declared, ...settings, ...clone, ...ours };
  const [program, ...args] = pod.initContainers[0].command as [string, ...string[]];
  // A pod that starts again has the clone already.
  for (let starts = 0; starts < 2; starts++) await run(program, args, { env, cwd: folder });

  const [server, ...words] = JSON.parse(only("CMD")) as [string, ...string[]];
  const child = spawn(server, words, { cwd: app, env, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit");
  let said = "";
  const address = await new Promise<string>((settle, fail) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const found = /^http:.*$/m.exec(said)?.[0];
      if (found !== undefined) settle(found);
    });
    child.once("exit", () => fail(new Error(said)));
  });
  const row = { speed: 140, wildlife_size: "Large", flight_date: "2026-11-28" };
  const body = JSON.stringify({ records: [row] });
  const answer = await fetch(`${address}/models/birdstrikes/predict`, { method: "POST", body });
  const treeId = (await run("git", ["-C", clone.REPOSITORY, "rev-parse", "origin/main:models/birdstrikes/champion"]))
    .stdout;
  expect(await answer.json()).toMatchObject({ treeId: treeId.trim(), answers: [{ class: true }] });

  const [check, ...question] = JSON.parse(/\[.*\]/.exec(only("HEALTHCHECK"))![0]) as [string, ...string[]];
  await run(check, question, { env: { ...env, PORT: new URL(address).port } });
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  await expect(run(check, question, { env: { ...env, PORT: new URL(address).port } })).rejects.toMatchObject({
    code: 1,
  });
});

it("the example gives a container no more than it needs, and no secret", async () => {
  expect([only("USER"), only("STOPSIGNAL")]).toEqual(["node", "SIGTERM"]);
  expect(all("FROM").every((image) => /^node:24\.\d+\.\d+-slim( AS install)?$/.test(image))).toBe(true);
  expect(pod.securityContext).toMatchObject({
    runAsNonRoot: true,
    runAsUser: 1000,
    seccompProfile: { type: "RuntimeDefault" },
  });
  for (const container of [...pod.initContainers, ...pod.containers]) {
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(container.resources).toHaveProperty("limits.memory");
    const secret = container.env.find(({ name }) => name === "GIT_TOKEN")!;
    expect(secret).toEqual({
      name: "GIT_TOKEN",
      valueFrom: { secretKeyRef: { name: "refit-serve-git", key: "token" } },
    });
  }
  expect(pod.containers[0]).toMatchObject({
    readinessProbe: { httpGet: { path: "/v2/health/ready" } },
    livenessProbe: { httpGet: { path: "/v2/health/live" } },
  });
  expect(await readFile(path.join(example, "kubernetes.yaml"), "utf8")).not.toMatch(/kind: (?:Secret|ConfigMap)/);
});

it("the example is what Kubernetes' schema says", async (context) => {
  const validator = "kubernetes-validate==1.37.0";
  const { python, missing } = await pythonTool("kubernetes-validate-1.37.0", [validator]);
  if (python === null) return context.skip(missing);

  const program = path.join(path.dirname(python), "kubernetes-validate");
  // The first line of the program names the folder in which it was installed, from where it has been moved.
  const said = await run(python, [program, "--strict", path.join(example, "kubernetes.yaml")]);

  expect(`${said.stdout}${said.stderr}`.match(/passed for resource \w+/g)).toEqual([
    "passed for resource deployment",
    "passed for resource service",
  ]);
}, 600_000);
