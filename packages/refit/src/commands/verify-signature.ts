import path from "node:path";
import { UsageError } from "@refit/core/errors";
import { quoteForTerminal, visibleText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { Flags } from "./command.ts";

export const usage =
  "refit verify-signature <model>[@vN|@TREE] (--key FILE | --root FILE…) [--signature FILE] [--json]";
export const summary = "Check that every file of a version is what the holder of a key has signed.";
export const examples = [
  ["refit verify-signature churn --key key.pub", "with a public key"],
  ["refit verify-signature churn@v2 --root ca.pem", "with the certificate of an authority"],
] as const;
export const options = {
  key: { type: "string" },
  root: { type: "string", multiple: true },
  signature: { type: "string" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  key: "the public key of the signer, in PEM, or a certificate with it; the issuer of the certificate is checked with --root only",
  root: "a trusted certificate, in PEM: the certificate of the signature has to lead to it, and all in the chain have to be valid now (or at --now); may be repeated, also for intermediate certificates",
  signature:
    "the signature file, relative to the current folder; default: a name such as churn-v3.sig, as `refit sign` names it",
  json: "print what was verified as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [word, ...more] = args;
  if (word === undefined || more.length > 0) {
    throw new UsageError("verify-signature needs one model, such as churn@v3.", usage);
  }
  const { key, signature, root: roots = [] } = flags;
  if (key === undefined && roots.length === 0) {
    throw new UsageError("verify-signature needs a public key or a root: --key FILE or --root FILE.", usage);
  }
  const [model, wanted] = word.split("@") as [string, string | undefined];
  const { verifySignature } = await import("../runs/sign/verify-signature.ts");
  const verified = await verifySignature(ports, { model, wanted, key, roots, signature });
  if (flags.json === true) {
    ports.out.print(JSON.stringify(verified, null, 2));
    return 0;
  }
  const place = visibleText(path.relative(ports.workTree.here, verified.signature), 1000);
  ports.out.print(
    `${model} v${verified.version} is what ${place} signs: ${verified.files} files, key ${verified.keyId}`,
  );
  const { certificate } = verified;
  if (certificate === null) return 0;
  const [own, ...issuers] = certificate.path.map((subject) => quoteForTerminal(subject));
  const by = issuers.length === 0 ? "which is a root" : `issued by ${issuers.join(", by ")}`;
  ports.out.print(
    `Certificate of ${own}, ${by}; valid at ${certificate.validAt}. Whether it was revoked is not known.`,
  );
  return 0;
}
