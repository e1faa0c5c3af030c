import { expect, it } from "vitest";
import type { Ports } from "../ports/index.ts";
import { servingLog } from "./serving-log.ts";

const ports = {
  workTree: { here: "/here" },
  variables: { valueOf: () => null },
  out: { notice() {} },
} as unknown as Ports;

it("takes an address without a login, and shows no password of another one", () => {
  const placeOf = (log: string) => servingLog(ports, { log }, "usage")?.place;

  expect(placeOf("https://collector.example/events")).toBe("https://collector.example/events");
  for (const login of ["anna:hunter2", "hunter2"]) {
    const place = () => placeOf(`https://${login}@collector.example/events`);
    expect(place).toThrow("an address with a user name or a password");
    expect(place).not.toThrow("hunter2");
  }
});
