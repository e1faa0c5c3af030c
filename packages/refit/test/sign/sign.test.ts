import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { temporaryFolder } from "@refit/testkit";
import { pythonTool } from "@refit/testkit/python";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/commands/index.ts";
import { championScene, type Scene } from "../e2e/support/scene.ts";

const execute = promisify(execFile);
const page = await readFile(new URL("../../../../docs/sign-a-model.md", import.meta.url), "utf8");
const sections = page.split(/^## /m);
const linesIn = (text: string) =>
  [...text.matchAll(/^```sh\n(.*?)^```/gms)]
    .flatMap(([, block]) => block!.trim().split("\n"))
    .map((line) => line.replace(/\s+#.*/, "").split(" "));
const isAbout = (section: string, title: string) => section.startsWith(`${title}\n`);
const withCertificate = linesIn(sections.find((section) => isAbout(section, "Sign with a certificate"))!);
const lines = linesIn(
  sections.filter((section) => !/^(?:Sign with a certificate|Bill of materials)\n/.test(section)).join("## "),
);
/** The arguments of every line of the page that begins with a program's name. */
const linesOf = (program: string, among = lines) =>
  among.filter(([first]) => first === program).map(([, ...args]) => args);

const champion = "models/churn/champion";
const passphrase = "correct horse battery staple";

/** A command line as a person would write it. */
async function refit(scene: Scene, [name, ...args]: readonly string[]): Promise<string> {
  const { options } = await commands[name!]!();
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  return (await scene.refit(name!, positionals, values)).stdout;
}

/** A live version, and the keys that the page makes. */
async function keyedScene(): Promise<Scene> {
  const scene = await championScene();
  for (const args of linesOf("openssl")) await execute("openssl", args, { cwd: scene.root });
  return scene;
}

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

/** Extensions of whoever issues certificates, and of whoever signs. */
const authority = ["keyUsage=critical,keyCertSign", "basicConstraints=critical,CA:true"];
const signer = ["keyUsage=critical,digitalSignature", "basicConstraints=CA:false"];

interface Certified {
  /** Name of its files, and its subject. */
  readonly name: string;
  /** Left out: by itself. */
  readonly by?: string;
  readonly extensions: readonly string[];
  /** Its key, where it has one; left out: a new one, `<name>.pem`. */
  readonly key?: string;
  readonly days?: number;
}

/** Writes `<name>.crt`. */
async function certificate({ root: cwd }: Scene, { name, by, extensions, key, days = 365 }: Certified): Promise<void> {
  const openssl = (...args: string[]) => execute("openssl", args, { cwd });
  const keys = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", `${name}.pem`];
  const subject = ["-subj", `/CN=${name}`, "-config", "/dev/null", ...extensions.flatMap((each) => ["-addext", each])];
  const request = [...(key === undefined ? keys : ["-key", key]), ...subject];
  if (by === undefined)
    return void (await openssl("req", "-x509", "-days", `${days}`, ...request, "-out", `${name}.crt`));
  await openssl("req", "-new", ...request, "-out", `${name}.csr`);
  const issuer = ["-CA", `${by}.crt`, "-CAkey", `${by}.pem`];
  const out = ["-copy_extensions", "copy", "-days", `${days}`, "-out", `${name}.crt`];
  await openssl("x509", "-req", "-in", `${name}.csr`, ...issuer, ...out);
}

/** A root, and below it whoever issues certificates, and one for `key.pem`: `root.crt`, `issuers.crt` and `key.crt`. */
async function certify(scene: Scene): Promise<void> {
  await certificate(scene, { name: "root", extensions: authority });
  await certificate(scene, { name: "issuers", by: "root", extensions: authority });
  await certificate(scene, { name: "key", by: "issuers", extensions: signer, key: "key.pem" });
}

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

describe("refit verify-signature --root", () => {
  const now = new Date(Date.now() + 60_000).toISOString();
  const signed = async (scene: Scene, chain: readonly string[], output = "a.sig", certificateFile = "key.crt") => {
    const more = chain.flatMap((file) => ["--chain", file]);
    await refit(scene, [
      "sign",
      "churn",
      "--key",
      "key.pem",
      "--certificate",
      certificateFile,
      ...more,
      "--output",
      output,
    ]);
  };
  const verified = (scene: Scene, roots: readonly string[], signature = "a.sig", more: readonly string[] = []) =>
    refit(scene, [
      "verify-signature",
      "churn",
      ...roots.flatMap((file) => ["--root", file]),
      "--signature",
      signature,
      ...more,
    ]);

  it("follows the certificates of a signature to a root, at the time of the run", async () => {
    const scene = await keyedScene();
    scene.at(now);
    await certify(scene);
    await signed(scene, ["issuers.crt"]);
    await signed(scene, [], "alone.sig");
    await signed(scene, ["issuers.crt", "root.crt"], "whole.sig");
    await certificate(scene, { name: "other", extensions: authority });

    const { certificate: found } = JSON.parse(await verified(scene, ["root.crt"], "a.sig", ["--json"]));
    expect(found).toEqual({ path: ["CN=key", "CN=issuers", "CN=root"], validAt: now });
    expect(await verified(scene, ["other.crt", "root.crt"])).toContain(
      'Certificate of "CN=key", issued by "CN=issuers", by "CN=root"; valid at',
    );
    await verified(scene, ["root.crt"], "a.sig", ["--key", "key.pub"]);
    // What stands between may come from the person, too, and is not a root by that.
    await verified(scene, ["root.crt", "issuers.crt"], "alone.sig");
    const error = await verified(scene, ["issuers.crt"], "alone.sig").catch((refused: unknown) => refused);
    expect(error).toMatchObject({ code: "key-invalid", problem: "not-root" });

    for (const [roots, signature, problem, words] of [
      [["other.crt"], "whole.sig", "untrusted", 'the root "CN=root", which is not one of those given'],
      [["other.crt"], "a.sig", "untrusted", 'leads to "CN=root", of which no certificate is given'],
      [["root.crt"], "alone.sig", "untrusted", 'leads to "CN=issuers", of which no certificate is given'],
    ] as const) {
      await expect(verified(scene, roots, signature)).rejects.toMatchObject({
        code: "signature-invalid",
        problem,
        message: expect.stringContaining(words),
      });
    }
    for (const then of [Date.now() - 86_400_000, Date.now() + 400 * 86_400_000]) {
      scene.at(new Date(then).toISOString());
      await expect(verified(scene, ["root.crt"])).rejects.toMatchObject({
        problem: "expired",
        message: expect.stringMatching(/"CN=key", which is valid from 20.* to 20.*, and it is 20.* now/),
        hint: expect.stringContaining("--now 2026-03-01T00:00:00Z"),
      });
    }
  });

  it("refuses certificates that may not stand where they do", async () => {
    const scene = await keyedScene();
    scene.at(now);
    await certificate(scene, { name: "root", extensions: authority });
    const levels = [authority[0]!, "basicConstraints=critical,CA:true,pathlen:0"];
    const names = [...authority, "nameConstraints=critical,permitted;DNS:example.com"];
    const strange = [...authority, "1.2.3.4=critical,DER:0500"];
    await certificate(scene, { name: "key", by: "root", extensions: signer, key: "key.pem" });
    await signed(scene, [], "plain.sig");
    for (const { name, issuers, extensions = signer, problem, words } of [
      { name: "a person", issuers: { person: signer }, problem: "not-an-issuer", words: "may not issue others" },
      {
        name: "no CA",
        issuers: { none: [authority[0]!, "basicConstraints=CA:false"] },
        problem: "not-an-issuer",
        words: "may not issue others",
      },
      {
        name: "too deep",
        issuers: { upper: levels, lower: authority },
        problem: "not-an-issuer",
        words: "allows 0 issuers below",
      },
      { name: "names", issuers: { names }, problem: "not-an-issuer", words: "2.5.29.30" },
      { name: "unknown", issuers: { strange }, problem: "not-an-issuer", words: "1.2.3.4" },
      {
        name: "no use",
        issuers: {},
        extensions: [],
        problem: "not-for-signing",
        words: "does not say what its key is for",
      },
      {
        name: "for keys",
        issuers: {},
        extensions: ["keyUsage=keyEncipherment"],
        problem: "not-for-signing",
        words: "not for signatures",
      },
    ] as const) {
      let by = "root";
      const chain: string[] = [];
      for (const [issuer, itsOwn] of Object.entries<readonly string[]>(issuers)) {
        await certificate(scene, { name: issuer, by, extensions: itsOwn });
        chain.unshift(`${issuer}.crt`);
        by = issuer;
      }
      await certificate(scene, { name: "leaf", by, extensions, key: "key.pem" });
      await signed(scene, chain, `${name}.sig`, "leaf.crt");
      await expect(verified(scene, ["root.crt"], `${name}.sig`), name).rejects.toMatchObject({
        code: "signature-invalid",
        problem,
        message: expect.stringContaining(words),
      });
      if (problem !== "not-an-issuer" || name === "names") continue;
      // What refuses an issuer here is refused by OpenSSL, too.
      const between = chain.flatMap((file) => ["-untrusted", file]);
      const verify = execute("openssl", ["verify", "-CAfile", "root.crt", ...between, "leaf.crt"], { cwd: scene.root });
      await expect(verify, name).rejects.toMatchObject({ stderr: expect.stringContaining("verification failed") });
    }
    await certificate(scene, {
      name: "leaf",
      by: "root",
      extensions: ["keyUsage=cRLSign", "extendedKeyUsage=codeSigning"],
      key: "key.pem",
    });
    await signed(scene, [], "code.sig", "leaf.crt");
    await verified(scene, ["root.crt"], "code.sig");

    // Somebody else's certificate beside our signature, and one whose signature is another's.
    await certificate(scene, { name: "theirs", by: "root", extensions: signer });
    const der = async (file: string) =>
      (await readFile(path.join(scene.root, file), "utf8")).replaceAll(/-----.*-----|\s/g, "");
    const plain = JSON.parse(await readFile(path.join(scene.root, "plain.sig"), "utf8"));
    const own = plain.verificationMaterial.x509CertificateChain.certificates;
    own[0].rawBytes = await der("theirs.crt");
    await scene.write("swapped.sig", JSON.stringify(plain));
    await expect(verified(scene, ["root.crt"], "swapped.sig")).rejects.toMatchObject({ problem: "not-authentic" });
    const bytes = Buffer.from(await der("key.crt"), "base64");
    bytes[bytes.length - 3]! ^= 1;
    own[0].rawBytes = bytes.toString("base64");
    await scene.write("forged.sig", JSON.stringify(plain));
    await expect(verified(scene, ["root.crt"], "forged.sig")).rejects.toMatchObject({ problem: "untrusted" });
    plain.verificationMaterial.x509CertificateChain.certificates = Array.from({ length: 21 }, () => own[0]);
    await scene.write("many.sig", JSON.stringify(plain));
    await expect(verified(scene, ["root.crt"], "many.sig")).rejects.toMatchObject({ problem: "damaged" });
    await refit(scene, ["sign", "churn", "--key", "key.pem", "--output", "key-alone.sig"]);
    await expect(verified(scene, ["root.crt"], "key-alone.sig")).rejects.toMatchObject({ problem: "no-certificate" });
    await expect(verified(scene, ["root.crt"], "plain.sig")).resolves.toContain("churn v1 is what plain.sig signs");
  });
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
    scene.at(new Date(Date.now() + 60_000).toISOString());
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
