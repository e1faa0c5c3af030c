import path from "node:path";
import { UsageError } from "@refit/core/errors";
import { visibleText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { Flags } from "./command.ts";

export const usage =
  "refit sign <model>[@vN|@TREE] --key FILE [--passphrase-env NAME] [--certificate FILE [--chain FILE]…] [--output FILE] [--dry-run] [--json]";
export const summary = "Sign the files of a version with your own key, in the OpenSSF model signing format.";
export const examples = [
  ["refit sign churn --key key.pem", "the live version, into a file such as churn-v3.sig"],
] as const;
export const options = {
  key: { type: "string" },
  "passphrase-env": { type: "string" },
  certificate: { type: "string" },
  chain: { type: "string", multiple: true },
  output: { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  key: "the private key, in PEM: an elliptic curve key on P-256",
  "passphrase-env": "name of the environment variable that holds the passphrase of an encrypted key",
  certificate: "the certificate of the key, in PEM: the signature then contains it instead of the key alone",
  chain: "with --certificate: the certificates of its issuers, in PEM; may be repeated",
  output:
    "the signature file, relative to the current folder; default: a name such as churn-v3.sig. An existing file is never replaced",
  "dry-run": "check the version and the key, and write nothing",
  json: "print where the signature is, and the digests of all files, as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [word, ...more] = args;
  if (word === undefined || more.length > 0) throw new UsageError("sign needs one model, such as churn@v3.", usage);
  const { key, output, certificate, chain = [] } = flags;
  if (key === undefined) throw new UsageError("sign needs a private key: --key FILE.", usage);
  if (chain.length > 0 && certificate === undefined) throw new UsageError("--chain needs --certificate.", usage);
  const [model, wanted] = word.split("@") as [string, string | undefined];
  const dryRun = flags["dry-run"] === true;
  const { signVersion } = await import("../runs/sign/sign-version.ts");
  const passphraseVariable = flags["passphrase-env"];
  const signed = await signVersion(ports, {
    model,
    wanted,
    key,
    certificate,
    chain,
    passphraseVariable,
    output,
    dryRun,
  });
  if (flags.json === true) {
    ports.out.print(JSON.stringify(signed, null, 2));
    return 0;
  }
  const { version, signature, files, keyId } = signed;
  const place = visibleText(path.relative(ports.workTree.here, signature), 1000);
  const done = signed.outcome === "unchanged" ? "is already signed" : dryRun ? "would be signed" : "is signed";
  ports.out.print(`${model} v${version} ${done} in ${place}: ${Object.keys(files).length} files, key ${keyId}`);
  return 0;
}
