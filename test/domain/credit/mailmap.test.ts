import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mapIdentity, parseMailmap } from "../../../src/domain/credit/mailmap.ts";
import { mailmapText, personAddress, personName } from "../../support/arbitraries.ts";
import { depth } from "../../support/depth.ts";
import { git, temporaryFolder } from "../../support/repository.ts";

describe("the mailmap", () => {
  const ada = { name: "ada", address: "ADA@work.example.com" };
  const cases: { what: string; sources: string[]; gives: string }[] = [
    {
      what: "leaves alone whom it does not know",
      sources: ["Grace <grace@example.com>"],
      gives: "ada <ADA@work.example.com>",
    },
    {
      what: "replaces a name",
      sources: ["Ada Example <ada@work.example.com>"],
      gives: "Ada Example <ADA@work.example.com>",
    },
    {
      what: "replaces an address",
      sources: ["<ada@example.com> <ada@work.example.com>"],
      gives: "ada <ada@example.com>",
    },
    {
      what: "replaces both",
      sources: ["Ada Example <ada@example.com> <ada@work.example.com>"],
      gives: "Ada Example <ada@example.com>",
    },
    {
      what: "replaces both for one name alone",
      sources: [
        "Ada Example <ada@example.com> Ada <ada@work.example.com>\nOther <other@example.com> <ada@work.example.com>",
      ],
      gives: "Ada Example <ada@example.com>",
    },
    {
      what: "overwrites simple entries field by field",
      sources: ["Ada <a@example.com> <ada@work.example.com>", "<b@example.com> <ada@work.example.com>"],
      gives: "Ada <b@example.com>",
    },
    {
      what: "replaces entries for a name whole",
      sources: ["Ada Example <a@example.com> ada <ada@work.example.com>\n<b@example.com> ada <ada@work.example.com>"],
      gives: "ada <b@example.com>",
    },
    {
      what: "takes # for a comment at column 0 alone",
      sources: ["#A <ada@work.example.com>\n # B <ada@work.example.com>"],
      gives: "# B <ADA@work.example.com>",
    },
    {
      what: "ignores what stands behind the second address",
      sources: ["A <a@example.com> <ada@work.example.com> # why"],
      gives: "A <a@example.com>",
    },
    {
      what: "ignores a line without an address",
      sources: ["Ada Example\n<>\nAda <ada@work.example.com"],
      gives: "ada <ADA@work.example.com>",
    },
  ];
  test.each(cases)("$what", ({ sources, gives }) => {
    const { name, address } = mapIdentity(parseMailmap(sources), ada);
    expect(`${name} <${address}>`).toBe(gives);
  });

  test("tells letters apart by case outside A to Z, as git does", () => {
    const mailmap = parseMailmap(["A <jörg@example.com>"]);
    expect(mapIdentity(mailmap, { name: "x", address: "JÖRG@example.com" }).name).toBe("x");
    expect(mapIdentity(mailmap, { name: "x", address: "jörG@example.com" }).name).toBe("A");
  });

  test("equals git's own, for any mailmap and anybody", () => {
    const people = fc.array(fc.record({ name: personName, address: personAddress }), {
      minLength: 100,
      maxLength: 100,
    });
    const folder = temporaryFolder();
    git(folder, ["init", "--quiet"]);
    fc.assert(
      fc.property(mailmapText, people, (text, identities) => {
        writeFileSync(join(folder, ".mailmap"), text);
        // check-mailmap wants a name, or takes the whole line for an address.
        const asked = identities.map(({ name, address }) => ({ name: name.trim() || "nobody", address }));
        const lines = asked.map(({ name, address }) => `${name} <${address}>\n`).join("");
        const answers = git(folder, ["check-mailmap", "--stdin"], lines);
        const mailmap = parseMailmap([text]);
        const ours = asked.map((identity) => mapIdentity(mailmap, identity));
        expect(ours.map(({ name, address }) => `${name} <${address}>\n`).join("")).toBe(answers);
      }),
      { numRuns: depth({ quick: 10, deep: 400 }) },
    );
  });
});
