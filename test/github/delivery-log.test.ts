import { expect, test } from "vitest";
import { parseLogPage } from "../../src/github/delivery-log.ts";

test("ids that are longer than JavaScript's numbers keep each of their digits", () => {
  const page = `[{"id":9223372036854775807,"guid":"0B9D2C1E-AAAA","delivered_at":"2026-03-01T12:00:00.123Z",
    "status":"OK","status_code":200,"installation_id":42,"repository_id":null,"event":"push","action":null}]`;
  expect(parseLogPage(page)).toEqual([
    {
      attemptId: "9223372036854775807",
      deliveryId: "0b9d2c1e-aaaa",
      installationId: 42,
      deliveredAt: new Date("2026-03-01T12:00:00.123Z"),
      isPending: false,
    },
  ]);
});

test.each([
  ["[{}]", /expected string/],
  ["{}", /expected array/],
  ["<html>", /JSON/],
])("a log of another form, as %s, is an error", (text, complaint) => {
  expect(() => parseLogPage(text)).toThrow(complaint);
});
