import { shorten } from "../domain/credit/named-person.ts";

/** Somebody who is not there, for samples. */
export interface SamplePerson {
  readonly name: string;
  readonly login: string | null;
}

/** People of all kinds: with an account and without, with long names, and with such as want to be more than a name. */
export const samplePeople = {
  ada: { name: "Ada Example", login: "ada" },
  grace: { name: "Grace Sample", login: "grace" },
  joan: { name: "Joan Figure", login: null },
  hedy: { name: "Hedy Instance", login: "hedy" },
  katherine: { name: "Katherine Model", login: "katherine" },
  long: {
    name: shorten("Maria-Anna Wilhelmine Theodora von und zu Beispielhausen-Musterstadt the Younger", 60),
    login: "maria-anna",
  },
  accents: { name: "Élise Übersetzerin 例 示子", login: null },
  nameless: { name: "", login: null },
  linking: { name: "[click me](https://example.com) @ada #12", login: null },
  markup: { name: "<script>alert(1)</script></details><!--", login: null },
  table: { name: "a | b `c` **d** \\", login: "bar-in-name" },
} as const satisfies Readonly<Record<string, SamplePerson>>;

/** So many people more, each with an account. */
export function sampleCrowd(count: number): readonly SamplePerson[] {
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    return { name: `Person ${index + 1} of Example`, login: `person-${index + 1}` };
  });
}

/** The profile of an account in samples; null for nobody's. */
export function sampleProfile(login: string | null): string | null {
  return login === null ? null : `https://github.example.com/${login}`;
}
