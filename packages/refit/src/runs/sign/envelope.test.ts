import { generateKeyPairSync, sign } from "node:crypto";
import { SignatureInvalidError } from "@refit/core/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeText } from "../../text.ts";
import { seal, unseal } from "./envelope.ts";
import { differencesOf, digestsOf, statementText, type ModelStatement } from "./model-statement.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const other = generateKeyPairSync("ec", { namedCurve: "P-256" });

const digest = "53c234e5e8472b6ac51c1ae1cab3fe06fad053beb8ebfd8977b010655bfdd3c3";
const statement: ModelStatement = { subject: "churn@v1", files: new Map([["metrics.json", digest]]) };
const problemOf = (problem: string) => expect.objectContaining({ code: "signature-invalid", problem });

interface Bundle {
  readonly verificationMaterial: { publicKey?: object };
  readonly dsseEnvelope: { payload: string; payloadType: string; readonly signatures: { sig: string }[] };
}

/** A bundle, signed by our key, whose statement or envelope somebody else has written. */
function forged(payload: string, change: (bundle: Bundle) => void = () => {}): Uint8Array {
  const bundle = JSON.parse(seal(statement, privateKey)) as Bundle;
  const type = bundle.dsseEnvelope.payloadType;
  const bytes = Buffer.from(payload);
  const signed = Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${bytes.length} `), bytes]);
  bundle.dsseEnvelope.payload = bytes.toString("base64");
  bundle.dsseEnvelope.signatures[0]!.sig = sign("sha256", signed, privateKey).toString("base64");
  change(bundle);
  return encodeText(JSON.stringify(bundle));
}

describe("what is signed", () => {
  it("is the same text for the same files, in the order and with the digest of model_signing", () => {
    const files = digestsOf(new Map(Object.entries({ x: "1\n", "a-b": "3\n", "a/b": "2\n" }).map(encoded)));

    const { subject, predicate } = JSON.parse(statementText({ subject: "m", files }));

    expect(predicate.resources.map(({ name }: { name: string }) => name)).toEqual(["a/b", "a-b", "x"]);
    expect(predicate.resources[0].digest).toBe(digest);
    // Computed by model_signing 1.1.1.
    expect(subject[0].digest.sha256).toBe("0dfdc909a4d1b031a90948d69b628d3f236d7a02a86f602aa213659b479382d7");
    expect(statementText({ subject: "m", files: new Map([...files].toReversed()) })).toBe(
      statementText({ subject: "m", files }),
    );
  });

  it("is read as it was written, whatever the names of files", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1 });
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 5 }), fc.string(), (names, subject) => {
        const given = { subject, files: new Map(names.map((each) => [each, digest])) };
        const read = unseal("m.sig", encodeText(seal(given, privateKey)), publicKey);

        expect(read.subject).toBe(subject);
        expect(differencesOf(given.files, read.files)).toBeNull();
      }),
      { numRuns: 30 },
    );
  });

  it("differs by changed, added and missing files", () => {
    const signed = new Map(Object.entries({ a: "1", b: "2", c: "3" }));
    const found = new Map(Object.entries({ a: "1", b: "9", d: "4" }));

    expect(differencesOf(signed, found)).toEqual({ changed: ["b"], added: ["d"], missing: ["c"] });
    expect(differencesOf(signed, signed)).toBeNull();
  });
});

describe("a signature", () => {
  const sealed = seal(statement, privateKey);

  it("is refused, or says the same, wherever a character of it is another one", () => {
    const place = fc.nat(sealed.length - 2);
    fc.assert(
      fc.property(place, fc.constantFrom(...'Az0/+="{}[],: \u0000é'), (at, character) => {
        const changed = sealed.slice(0, at) + character + sealed.slice(at + 1);
        try {
          expect(unseal("m.sig", encodeText(changed), publicKey)).toEqual(statement);
        } catch (error) {
          expect(error).toBeInstanceOf(SignatureInvalidError);
        }
      }),
      { numRuns: 300 },
    );
  });

  const text = statementText(statement);
  const shards = text.replace('"method":"files"', '"method":"shards"');
  const twice = text.replace(/("resources":\[)(.*)\]/, "$1$2,$2]");
  it.each([
    ["is empty", new Uint8Array(), "damaged"],
    ["is cut short", encodeText(sealed.slice(0, 300)), "damaged"],
    ["is a list", encodeText("[]"), "damaged"],
    ["has two signatures", forged(text, ({ dsseEnvelope: e }) => e.signatures.push(e.signatures[0]!)), "damaged"],
    ["is of another type", forged(text, ({ dsseEnvelope: e }) => (e.payloadType = "text/plain")), "damaged"],
    ["names another key", encodeText(seal(statement, other.privateKey)), "other-key"],
    ["claims our key", forged(text, (b) => (b.dsseEnvelope.signatures[0]!.sig = sig(text))), "not-authentic"],
    ["has no signature at all", forged(text, (b) => (b.dsseEnvelope.signatures[0]!.sig = "")), "not-authentic"],
    ["is signed, and not JSON", forged("{"), "damaged"],
    ["is signed, and of another kind", forged(text.replace("signature/v1.0", "v2")), "damaged"],
    ["is signed by parts of files", forged(shards), "damaged"],
    ["is signed by another hash", forged(text.replaceAll('"algorithm":"sha256"', '"algorithm":"blake3"')), "damaged"],
    ["is signed with a short digest", forged(text.replaceAll(digest, digest.slice(1))), "damaged"],
    ["is signed with another digest of all", forged(text.replace(/"sha256":"./, '"sha256":"g')), "damaged"],
    ["is signed with a file twice", forged(twice), "damaged"],
  ])("is refused where it %s", (_what, bytes, problem) => {
    expect(() => unseal("m.sig", bytes, publicKey)).toThrow(problemOf(problem));
  });

  it("may leave open whose key it is", () => {
    const open = forged(text, (bundle) => delete bundle.verificationMaterial.publicKey);

    expect(unseal("m.sig", open, publicKey)).toEqual(statement);
    expect(() => unseal("m.sig", open, other.publicKey)).toThrow(problemOf("not-authentic"));
  });
});

function encoded([name, text]: [string, string]): [string, Uint8Array] {
  return [name, encodeText(text)];
}

/** By another key. */
function sig(text: string): string {
  return sign("sha256", Buffer.from(text), other.privateKey).toString("base64");
}
