import { BlockList, isIP } from "node:net";

/** Networks that are not the internet, from the registries of IANA: the machine itself, its network, clouds' own services. */
const privateNetworks: readonly string[] = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10", // shared by a provider's customers
  "127.0.0.0/8",
  "169.254.0.0/16", // link-local: where clouds answer with credentials
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/96", // this machine, and IPv4 in its oldest form
  "64:ff9b:1::/48",
  "100::/64",
  "2001::/23", // Teredo and others: an IPv4 address may be inside
  "2001:db8::/32",
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
];

/** IPv6 networks with an IPv4 address inside, and where in the address it begins, in groups of 16 bits. */
const carriers: readonly (readonly [network: string, group: number])[] = [
  ["::ffff:0:0/96", 6],
  ["64:ff9b::/96", 6],
  ["2002::/16", 1],
];

const blocked = listOf(privateNetworks);

/** Whether an IP address is not one of the public internet. What is not an IP address is private: nobody checked it. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  const version = isIP(plain);
  if (version === 0) return true;
  if (version === 4) return blocked.check(plain, "ipv4");
  for (const [network, group] of carriers) {
    if (listOf([network]).check(plain, "ipv6")) return isPrivateAddress(carriedAddress(plain, group));
  }
  return blocked.check(plain, "ipv6");
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split("/") as [string, string];
    list.addSubnet(address, Number(bits), address.includes(":") ? "ipv6" : "ipv4");
  }
  return list;
}

/** The IPv4 address that an IPv6 address has from a group on. */
function carriedAddress(address: string, from: number): string {
  const groups = groupsOf(address);
  const numbers = [groups[from]!, groups[from + 1]!];
  return numbers.flatMap((number) => [number >> 8, number & 255]).join(".");
}

/** The eight numbers of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const text = dotted === null ? address : address.slice(0, dotted.index) + hexPair(dotted.slice(1).map(Number));
  const [head = "", tail] = text.split("::");
  const numbers = (part: string) => (part === "" ? [] : part.split(":").map((group) => parseInt(group, 16)));
  if (tail === undefined) return numbers(head);
  const [before, after] = [numbers(head), numbers(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function hexPair([a = 0, b = 0, c = 0, d = 0]: readonly number[]): string {
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
