import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { parseArgs, promisify } from "node:util";
import { commands } from "../../../src/commands/index.ts";
import { championScene, type Scene } from "../../e2e/support/scene.ts";

const execute = promisify(execFile);
const page = await readFile(new URL("../../../../../docs/sign-a-model.md", import.meta.url), "utf8");
const sections = page.split(/^## /m);
const linesIn = (text: string) =>
  [...text.matchAll(/^```sh\n(.*?)^```/gms)]
    .flatMap(([, block]) => block!.trim().split("\n"))
    .map((line) => line.replace(/\s+#.*/, "").split(" "));
const isAbout = (section: string, title: string) => section.startsWith(`${title}\n`);
export const withCertificate = linesIn(sections.find((section) => isAbout(section, "Sign with a certificate"))!);
const lines = linesIn(
  sections.filter((section) => !/^(?:Sign with a certificate|Bill of materials)\n/.test(section)).join("## "),
);
/** The arguments of every line of the page that begins with a program's name. */
export const linesOf = (program: string, among = lines) =>
  among.filter(([first]) => first === program).map(([, ...args]) => args);

/** A command line as a person would write it. */
export async function refit(scene: Scene, [name, ...args]: readonly string[]): Promise<string> {
  const { options } = await commands[name!]!();
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  return (await scene.refit(name!, positionals, values)).stdout;
}

/** A live version, and the keys that the page makes. */
export async function keyedScene(): Promise<Scene> {
  const scene = await championScene();
  for (const args of linesOf("openssl")) await execute("openssl", args, { cwd: scene.root });
  return scene;
}

/** Extensions of whoever issues certificates, and of whoever signs. */
export const authority = ["keyUsage=critical,keyCertSign", "basicConstraints=critical,CA:true"];
export const signer = ["keyUsage=critical,digitalSignature", "basicConstraints=CA:false"];

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
export async function certificate(
  { root: cwd }: Scene,
  { name, by, extensions, key, days = 365 }: Certified,
): Promise<void> {
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
export async function certify(scene: Scene): Promise<void> {
  await certificate(scene, { name: "root", extensions: authority });
  await certificate(scene, { name: "issuers", by: "root", extensions: authority });
  await certificate(scene, { name: "key", by: "issuers", extensions: signer, key: "key.pem" });
}
