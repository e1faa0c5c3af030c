import type { X509Certificate } from "node:crypto";

/** What a certificate says of its use, which Node does not tell. */
export interface CertificateExtensions {
  /** May sign what is not a certificate (`keyUsage`); `null`: it does not say what its key is for. */
  readonly signs: boolean | null;
  /** How many certificates of issuers may stand between this one and that of a key; `null`: any number. */
  readonly mostIssuersBelow: number | null;
  /** Object ids of extensions that must not be passed over, and that are not understood here. */
  readonly unknown: readonly string[];
}

const [KEY_USAGE, BASIC_CONSTRAINTS] = ["2.5.29.15", "2.5.29.19"];
/** Names of whoever has the key, ids of keys, policies and purposes: none of them widens what the others allow. */
const harmless = ["2.5.29.14", "2.5.29.17", "2.5.29.32", "2.5.29.35", "2.5.29.37"];
/** Limits of the names that may stand below, which nothing here compares. */
const NAME_CONSTRAINTS = "2.5.29.30";

/** Tags of DER, in X.690. */
const [BOOLEAN, INTEGER, OBJECT_ID, SEQUENCE, EXTENSIONS] = [0x01, 0x02, 0x06, 0x30, 0xa3];

/** By RFC 5280, 4.2. @throws RangeError where it is not DER of a certificate */
export function extensionsOf({ raw }: X509Certificate): CertificateExtensions {
  const [certificate] = elementsOf(raw);
  const [signed] = elementsOf(certificate!.content);
  const wrapper = elementsOf(signed!.content).find(({ tag }) => tag === EXTENSIONS);
  const found = wrapper === undefined ? [] : elementsOf(elementsOf(wrapper.content)[0]!.content).map(extensionOf);
  if (new Set(found.map(({ id }) => id)).size < found.length) throw new RangeError("an extension stands there twice");
  const usage = found.find(({ id }) => id === KEY_USAGE);
  const constraints = found.find(({ id }) => id === BASIC_CONSTRAINTS);
  const isUnknown = ({ id, isCritical }: Extension) =>
    id === NAME_CONSTRAINTS || (isCritical && ![KEY_USAGE, BASIC_CONSTRAINTS, ...harmless].includes(id));
  return {
    signs: usage === undefined ? null : maySign(usage.value),
    mostIssuersBelow: constraints === undefined ? null : pathLength(constraints.value),
    unknown: found.filter(isUnknown).map(({ id }) => id),
  };
}

interface Extension {
  readonly id: string;
  readonly isCritical: boolean;
  readonly value: Uint8Array;
}

function extensionOf({ tag, content }: Element): Extension {
  const parts = elementsOf(content);
  const [id, critical] = parts;
  if (tag !== SEQUENCE || id?.tag !== OBJECT_ID) throw new RangeError("an extension has no id");
  const isCritical = critical?.tag === BOOLEAN && critical.content[0] !== 0;
  return { id: objectId(id.content), isCritical, value: parts.at(-1)!.content };
}

/** The first bit of a bit string, whose first byte counts the bits that are not used. */
function maySign(value: Uint8Array): boolean {
  const [bits] = elementsOf(value);
  return ((bits?.content[1] ?? 0) & 0x80) !== 0;
}

function pathLength(value: Uint8Array): number | null {
  const length = elementsOf(elementsOf(value)[0]?.content ?? new Uint8Array()).find(({ tag }) => tag === INTEGER);
  return length === undefined ? null : length.content.reduce((number, byte) => number * 256 + byte, 0);
}

function objectId([first = 0, ...more]: Uint8Array): string {
  const parts = [Math.floor(first / 40), first % 40];
  let part = 0;
  for (const byte of more) {
    part = part * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    parts.push(part);
    part = 0;
  }
  return parts.join(".");
}

interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** Tags of one byte, lengths that are told: all that certificates have. */
function elementsOf(bytes: Uint8Array): Element[] {
  const elements: Element[] = [];
  for (let place = 0; place < bytes.length;) {
    const tag = bytes[place]!;
    const told = bytes[place + 1] ?? 0x80;
    const width = told < 0x80 ? 0 : told & 0x7f;
    const start = place + 2 + width;
    const length = width === 0 ? told : bytes.subarray(place + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
    if (told === 0x80 || start + length > bytes.length) throw new RangeError("it ends before its length");
    elements.push({ tag, content: bytes.subarray(start, start + length) });
    place = start + length;
  }
  return elements;
}
