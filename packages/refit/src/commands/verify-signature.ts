import path from "node:path";
import { UsageError } from "@refit/core/errors";
import { visibleText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { Flags } from "./command.ts";

export const usage = "refit verify-signature <model>[@vN|@TREE] --key FILE [--signature FILE] [--json]";
export const summary = "Compare every file of a version with what the holder of a key has signed.";
export const options = {
  key: { type: "string" },
  signature: { type: "string" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  key: "the public key of whoever signed, in PEM, or a certificate with it; who issued the certificate is not asked",
  signature: "the signature, from the current folder; left out: such as churn-v3.sig, as `refit sign` names it",
  json: "print what was verified as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [word, ...more] = args;
  if (word === undefined || more.length > 0) {
    throw new UsageError("verify-signature needs one model, such as churn@v3.", usage);
  }
  const { key, signature } = flags;
  if (key === undefined) throw new UsageError("verify-signature needs a public key: --key FILE.", usage);
  const [model, wanted] = word.split("@") as [string, string | undefined];
  const { verifySignature } = await import("../runs/sign/verify-signature.ts");
  const verified = await verifySignature(ports, { model, wanted, key, signature });
  if (flags.json === true) {
    ports.out.print(JSON.stringify(verified, null, 2));
    return 0;
  }
  const place = visibleText(path.relative(ports.workTree.here, verified.signature), 1000);
  ports.out.print(
    `${model} v${verified.version} is what ${place} signs: ${verified.files} files, key ${verified.keyId}`,
  );
  return 0;
}
