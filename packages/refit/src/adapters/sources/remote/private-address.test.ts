import { describe, expect, it } from "vitest";
import { isPrivateAddress } from "./private-address.ts";

const privateOnes = `10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 255.255.255.255
  ::1 :: fe80::1 fe80::1%eth0 fd00::1 [fd00::1] ::ffff:10.0.0.1 ::ffff:a00:1 64:ff9b::a00:1 2002:a00:1:: ff02::1 ::10.0.0.1
  fd00:ec2::254 localhost 1.2.3`;
const publicOnes = `8.8.8.8 172.15.0.1 172.32.0.1 100.63.0.1 100.128.0.1 192.169.0.1 2606:4700::1111 [2606:4700::1111]
  ::ffff:8.8.8.8 ::ffff:808:808 64:ff9b::808:808 2002:808:808::`;

describe("isPrivateAddress", () => {
  it.each(privateOnes.split(/\s+/))("%s is private", (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(publicOnes.split(/\s+/))("%s is public", (address) => expect(isPrivateAddress(address)).toBe(false));
});
