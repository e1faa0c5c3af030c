import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { keyIdOf, privateKeyOf, publicKeyOf } from "./key-files.ts";

const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
const p384 = generateKeyPairSync("ec", { namedCurve: "P-384" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 });
const ed25519 = generateKeyPairSync("ed25519");
const secret = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }) as string;
const open = (key: KeyObject) => key.export({ type: "spki", format: "pem" }) as string;
const sec1 = p256.privateKey.export({ type: "sec1", format: "pem" }) as string;
const lock = { cipher: "aes-256-cbc", passphrase: "horse staple" };
const locked = p256.privateKey.export({ type: "pkcs8", format: "pem", ...lock }) as string;
const lockedSec1 = p256.privateKey.export({ type: "sec1", format: "pem", ...lock }) as string;
/** As `openssl ecparam -genkey` writes it. */
const withParameters = `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${sec1}`;
const damaged = secret(p256.privateKey).replace(/\n.{20}/, "\nAAAA");

describe("the key that signs", () => {
  it.each([
    ["PKCS#8", secret(p256.privateKey), null],
    ["PKCS#8 that nobody asked a passphrase for", secret(p256.privateKey), "unused"],
    ["SEC 1", sec1, null],
    ["SEC 1 with parameters", withParameters, null],
    ["encrypted PKCS#8", locked, "horse staple"],
    ["encrypted SEC 1", lockedSec1, "horse staple"],
  ])("is read from %s", (_form, text, passphrase) => {
    expect(secret(privateKeyOf("k.pem", text, passphrase))).toBe(secret(p256.privateKey));
  });

  it.each([
    ["a public key", open(p256.publicKey), null, "public"],
    ["nothing", "", null, "not-pem"],
    ["something else", "\u0000\u0001", null, "not-pem"],
    ["an encrypted one without its passphrase", locked, null, "encrypted"],
    ["an encrypted one of the old form", lockedSec1, null, "encrypted"],
    ["an encrypted one with another passphrase", locked, "battery", "passphrase"],
    ["an encrypted one with an empty passphrase", lockedSec1, "", "passphrase"],
    ["one of another curve", secret(p384.privateKey), null, "kind"],
    ["RSA", secret(rsa.privateKey), null, "kind"],
    ["Ed25519", secret(ed25519.privateKey), null, "kind"],
    ["damaged", damaged, null, "damaged"],
  ])("is refused where it is %s, without a word of it", (_what, text, passphrase, problem) => {
    const refused = (() => {
      try {
        return privateKeyOf("k.pem", text, passphrase);
      } catch (error) {
        return error as Error & { hint: string };
      }
    })();

    expect(refused).toMatchObject({ code: "key-invalid", problem });
    const said = JSON.stringify([refused, (refused as Error).message, (refused as Error).cause ?? ""]);
    for (const line of text.split("\n").filter((each) => /^\w{20}/.test(each))) expect(said).not.toContain(line);
    if (passphrase) expect(said).not.toContain(passphrase);
  });
});

describe("the key that verifies", () => {
  it("is read from a public key, and named by its digest", () => {
    const key = publicKeyOf("k.pub", open(p256.publicKey));

    expect(open(key)).toBe(open(p256.publicKey));
    expect(keyIdOf(key)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ["a private key", secret(p256.privateKey), "private"],
    ["an encrypted private key", locked, "private"],
    ["one of another curve", open(p384.publicKey), "kind"],
    ["RSA", open(rsa.publicKey), "kind"],
    ["damaged", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "damaged"],
    ["a damaged certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "damaged"],
  ])("is refused where it is %s", (_what, text, problem) => {
    expect(() => publicKeyOf("k.pub", text)).toThrow(expect.objectContaining({ code: "key-invalid", problem }));
  });
});
