import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { Scene } from "../e2e/support/scene.ts";
import { authority, certificate, certify, keyedScene, refit, signer } from "./support/keyed.ts";

const execute = promisify(execFile);

describe("refit verify-signature --root", () => {
  // Hours away: certificates are made later, on a machine that may be slow.
  const now = new Date(Date.now() + 3_600_000 * 12).toISOString();
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
      await expect(verified(scene, ["root.crt"], `${name}.sig`)).rejects.toMatchObject({
        code: "signature-invalid",
        problem,
        message: expect.stringContaining(words),
      });
      if (problem !== "not-an-issuer" || name === "names") continue;
      // What refuses an issuer here is refused by OpenSSL, too.
      const between = chain.flatMap((file) => ["-untrusted", file]);
      const verify = execute("openssl", ["verify", "-CAfile", "root.crt", ...between, "leaf.crt"], { cwd: scene.root });
      await expect(verify).rejects.toMatchObject({ stderr: expect.stringContaining("verification failed") });
    }
    await certificate(scene, {
      name: "leaf",
      by: "root",
      extensions: ["keyUsage=cRLSign", "extendedKeyUsage=codeSigning"],
      key: "key.pem",
    });
    await signed(scene, [], "code.sig", "leaf.crt");
    await verified(scene, ["root.crt"], "code.sig");

    const nameless = ["req", "-x509", "-key", "key.pem", "-subj", "/", "-config", "/dev/null", "-addext", signer[0]!];
    await execute("openssl", [...nameless, "-out", "nameless.crt"], { cwd: scene.root });
    await signed(scene, [], "nameless.sig", "nameless.crt");
    const stranger = verified(scene, ["root.crt"], "nameless.sig");
    await expect(stranger).rejects.toMatchObject({
      problem: "untrusted",
      message: expect.stringContaining('"no name"'),
    });
    expect(await verified(scene, ["nameless.crt"], "nameless.sig")).toContain("which is a root");

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
