import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { temporaryFolder } from "@refit/testkit";
import { pythonTool } from "@refit/testkit/python";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/commands/index.ts";
import { championScene, type Scene } from "../e2e/support/scene.ts";
import { certify, keyedScene, linesOf, refit, withCertificate } from "./support/keyed.ts";

const execute = promisify(execFile);
const champion = "models/churn/champion";
const passphrase = "correct horse battery staple";

/** Files of the champion are others, and its `lineage.json` has their digests: what only a signature tells. */
async function landForged(scene: Scene, files: Readonly<Record<string, string>>): Promise<void> {
  const lineage = JSON.parse(await readFile(path.join(scene.root, champion, "lineage.json"), "utf8"));
  for (const [file, text] of Object.entries(files)) {
    lineage.files[file] = { sha256: createHash("sha256").update(text).digest("hex"), bytes: Buffer.byteLength(text) };
    await scene.write(`${champion}/${file}`, text);
  }
  await scene.write(`${champion}/lineage.json`, `${JSON.stringify(lineage, null, 2)}\n`);
  await scene.land();
}

describe("refit sign, refit verify-signature", () => {
  it("sign a version outside of its folder, and tell every other version and key from it", async () => {
    const scene = await keyedScene();
    const at = (file: string) => path.join(scene.root, file);
    const tree = await scene.git("rev-parse", `main:${champion}`);
    const names = (await scene.git("ls-tree", "-r", "--name-only", tree)).split("\n");
    const sign = ["sign", "churn", "--key", "key.pem"];

    const planned = JSON.parse(await refit(scene, [...sign, "--dry-run", "--json"]));
    expect(await readdir(scene.root)).not.toContain("churn-v1.sig");
    const signed = JSON.parse(await refit(scene, [...sign, "--json"]));
    expect(signed).toEqual(planned);
    expect(signed).toMatchObject({ version: 1, treeId: tree, signature: at("churn-v1.sig"), outcome: "written" });
    expect(Object.keys(signed.files).sort()).toEqual(names.sort());

    const first = await readFile(at("churn-v1.sig"));
    expect(await refit(scene, ["sign", `churn@${tree.slice(0, 8)}`, "--key", "key.pem"])).toContain("already signed");
    expect(await readFile(at("churn-v1.sig"))).toEqual(first);
    expect(await scene.git("status", "--porcelain", "--", "models")).toBe("");

    const verify = ["verify-signature", "churn@v1", "--key", "key.pub"];
    const verified = JSON.parse(await refit(scene, [...verify, "--json"]));
    expect(verified).toMatchObject({
      treeId: tree,
      keyId: signed.keyId,
      subject: `churn@${tree}`,
      files: names.length,
    });

    await landForged(scene, { "metrics.json": "{}\n", "notes.txt": "mine\n" });
    const other = refit(scene, ["verify-signature", "churn@v2", "--key", "key.pub", "--signature", "churn-v1.sig"]);
    await expect(other).rejects.toMatchObject({
      code: "signature-invalid",
      problem: "other-files",
      message: expect.stringMatching(
        new RegExp(`not as signed: "lineage.json", "metrics.json"; not signed: "notes.txt".*the tree ${tree}`),
      ),
    });
    await refit(scene, verify);
  });

  it("have checksums of a version at their side that sha256sum takes", async () => {
    const scene = await championScene();
    const [show, model, flag, , file] = linesOf("refit").find(([name]) => name === "show")!;
    const check = linesOf("cd")[0]!.slice(3);
    const folder = path.join(scene.root, champion);
    const text = await refit(scene, [show!, model!, flag!]);
    await scene.write(file!, `${text}\n`);

    await execute("sha256sum", ["--strict", ...check], { cwd: folder });
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(text.split("\n")).toHaveLength(files.length);

    await scene.write(`${champion}/metrics.json`, "{}");
    await expect(execute("sha256sum", check, { cwd: folder })).rejects.toMatchObject({
      stdout: expect.stringContaining("metrics.json: FAILED"),
    });
    await scene.land();
    await expect(refit(scene, [show!, "churn@v2", flag!])).rejects.toMatchObject({ code: "version-broken" });
    await expect(refit(scene, [show!, model!, flag!, "--json"])).rejects.toMatchObject({ code: "usage" });
  });

  it("refuse keys, signatures and places with what to do, and write nothing", async () => {
    const scene = await keyedScene();
    const openssl = (...args: string[]) => execute("openssl", args, { cwd: scene.root });
    await openssl("pkey", "-in", "key.pem", "-aes256", "-passout", `pass:${passphrase}`, "-out", "locked.pem");
    await openssl("req", "-new", "-x509", "-key", "key.pem", "-subj", "/CN=us", "-out", "key.crt");
    await openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "other.pem");
    await openssl("req", "-new", "-x509", "-key", "other.pem", "-subj", "/CN=them", "-out", "other.crt");
    await scene.write("mine.sig", "my notes\n");
    const elsewhere = await temporaryFolder();
    await symlink(path.join(scene.root, champion), path.join(elsewhere, "way"));
    await symlink(champion, path.join(scene.root, "link"));
    const before = [await readdir(scene.root), await readdir(path.join(scene.root, champion))];

    for (const [line, code, problem] of [
      ["sign churn", "usage"],
      ["verify-signature churn", "usage"],
      ["sign --key key.pem", "usage"],
      ["sign churn@v9 --key key.pem", "version-unknown"],
      ["sign churn --key gone.pem", "key-invalid", "missing"],
      ["sign churn --key key.pub", "key-invalid", "public"],
      ["sign churn --key key.crt", "key-invalid", "public"],
      ["sign churn --key locked.pem", "key-invalid", "encrypted"],
      ["sign churn --key locked.pem --passphrase-env NOT_SET", "key-invalid", "variable"],
      ["sign churn --key key.pem --output models/churn/champion/x.sig", "usage"],
      ["sign churn --key key.pem --output mine.sig", "files-in-the-way"],
      ["sign churn --key key.pem --output link/x.sig", "usage"],
      [`sign churn --key key.pem --output ${elsewhere}/way/x.sig`, "usage"],
      [`sign churn --key key.pem --output ${elsewhere}/way/new/x.sig`, "usage"],
      [`export churn --to onnx --output ${elsewhere}/way/new`, "usage"],
      ["sign churn --key key.pem --chain key.crt", "usage"],
      ["sign churn --key key.pem --certificate gone.crt", "key-invalid", "missing"],
      ["sign churn --key key.pem --certificate key.pub", "key-invalid", "no-certificate"],
      ["sign churn --key key.pem --certificate other.crt", "key-invalid", "other-certificate"],
      ["sign churn --key key.pem --certificate key.crt --chain key.pub", "key-invalid", "no-certificate"],
      ["verify-signature churn --key key.pub", "signature-invalid", "missing"],
      ["verify-signature churn --key key.pub --signature mine.sig", "signature-invalid", "damaged"],
      ["verify-signature churn --key key.pem", "key-invalid", "private"],
      ["verify-signature churn --root gone.crt", "key-invalid", "missing"],
      ["verify-signature churn --root key.pub", "key-invalid", "no-certificate"],
    ] as const) {
      const refused = refit(scene, line.split(" "));
      await expect(refused).rejects.toMatchObject({ code, ...(problem && { problem }) });
    }
    expect([await readdir(scene.root), await readdir(path.join(scene.root, champion))]).toEqual(before);

    const said: string[] = [];
    const out = { print: (line: string) => void said.push(line), progress: () => {}, notice: () => {} };
    const variables = { valueOf: (name: string) => (name === "WORDS" ? passphrase : null) };
    const { run } = await commands["sign"]!();
    const ports = { ...(await scene.ports()), out, variables };
    await run(ports, ["churn"], { key: "locked.pem", "passphrase-env": "WORDS" });
    expect(said).toEqual([expect.stringMatching(/^churn v1 is signed in churn-v1.sig: \d+ files, key [0-9a-f]{64}$/)]);
    await refit(scene, ["verify-signature", "churn", "--key", "key.crt"]);

    await scene.write(`${champion}/metrics.json`, "{}");
    await scene.land();
    await expect(refit(scene, ["sign", "churn@v2", "--key", "key.pem"])).rejects.toMatchObject({
      code: "version-broken",
    });
  });
});

const [install] = linesOf("pip").map(([, ...packages]) => packages);
const tool = await pythonTool("model-signing", install!);

const skipped = tool.python === null ? ` (SKIPPED: ${tool.missing})` : "";

it("refit sign brings a certificate, and does not take a signature without it for the same", async () => {
  const scene = await keyedScene();
  await certify(scene);
  const sign = linesOf("refit", withCertificate)[0]!;
  await refit(scene, ["sign", "churn@v1", "--key", "key.pem", "--output", "plain.sig"]);

  expect(await refit(scene, sign)).toMatch(/^churn v1 is signed in churn-v1.cert.sig/);
  expect(await refit(scene, sign)).toContain("already signed");
  const onto = sign.map((word) => (word === "churn-v1.cert.sig" ? "plain.sig" : word));
  await expect(refit(scene, onto)).rejects.toMatchObject({ code: "files-in-the-way" });

  const bundle = JSON.parse(await readFile(path.join(scene.root, "churn-v1.cert.sig"), "utf8"));
  const { certificates } = bundle.verificationMaterial.x509CertificateChain;
  certificates[0].rawBytes = "AAAA";
  await scene.write("damaged.sig", JSON.stringify(bundle));
  const damaged = refit(scene, ["verify-signature", "churn@v1", "--key", "key.crt", "--signature", "damaged.sig"]);
  await expect(damaged).rejects.toMatchObject({ code: "signature-invalid", problem: "damaged" });
});

describe.skipIf(tool.python === null)(`docs/sign-a-model.md, with model_signing${skipped}`, () => {
  it("has commands for certificates that do what it says, both ways", { timeout: 60_000 }, async () => {
    const scene = await keyedScene();
    await certify(scene);
    const [sign, ...verify] = linesOf("refit", withCertificate);
    await refit(scene, sign!);

    const theirs = linesOf("model_signing", withCertificate);
    const otherRoot = theirs[0]!.map((word) => (word === "root.crt" ? "other.crt" : word));
    const openssl = [
      "req",
      "-x509",
      "-key",
      "root.pem",
      "-config",
      "/dev/null",
      "-subj",
      "/CN=Other",
      "-out",
      "other.crt",
    ];
    await execute("openssl", openssl, { cwd: scene.root });
    const script = fileURLToPath(new URL("model_signing_cli.py", import.meta.url));
    const asked = JSON.stringify([...theirs, otherRoot]);
    const { stdout } = await execute(tool.python!, [script, asked], { cwd: scene.root });
    expect(JSON.parse(stdout)).toEqual([0, 0, 1]);

    expect(verify.map((line) => line.includes("--root"))).toEqual([true, false, true]);
    scene.at(new Date(Date.now() + 3_600_000 * 12).toISOString());
    for (const line of verify) expect(await refit(scene, line)).toMatch(/^churn v1 is what .*cert.sig signs/);
    const otherKey = verify[2]!.map((word) => (word === "key.crt" ? "other.crt" : word));
    await expect(refit(scene, otherKey)).rejects.toMatchObject({ code: "signature-invalid", problem: "other-key" });
  });

  it("has commands that do what it says, both ways, and tell a changed file", { timeout: 60_000 }, async () => {
    const scene = await keyedScene();
    const [sign, verify, verifyTheirs, ...more] = linesOf("refit");
    expect(more.map(([name]) => name)).toEqual(["show"]);
    expect(await refit(scene, sign!)).toMatch(/^churn v1 is signed in churn-v1.sig/);
    expect(await refit(scene, verify!)).toMatch(/^churn v1 is what churn-v1.sig signs/);

    await cp(path.join(scene.root, champion), path.join(scene.root, "changed"), { recursive: true });
    await writeFile(path.join(scene.root, "changed/metrics.json"), "{}\n");
    const theirs = linesOf("model_signing");
    const changed = theirs[0]!.map((word) => (word === champion ? "changed" : word));
    const script = fileURLToPath(new URL("model_signing_cli.py", import.meta.url));
    const asked = JSON.stringify([...theirs, changed]);
    const { stdout } = await execute(tool.python!, [script, asked], { cwd: scene.root });
    expect(JSON.parse(stdout)).toEqual([0, 0, 1]);

    expect(await refit(scene, verifyTheirs!)).toMatch(/^churn v1 is what theirs.sig signs/);
    await landForged(scene, { "metrics.json": "{}\n" });
    const other = refit(scene, ["verify-signature", "churn@v2", ...verifyTheirs!.slice(2)]);
    await expect(other).rejects.toMatchObject({ code: "signature-invalid", problem: "other-files" });
  });
});
