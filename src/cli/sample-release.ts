import { type Role, roles } from "../domain/credit/roles.ts";
import { type Acknowledgements, acknowledge, type ReleaseCredit } from "../domain/release/acknowledge.ts";
import { type SamplePerson, sampleCrowd, samplePeople, sampleProfile } from "./sample-people.ts";

const newcomers: ReadonlySet<SamplePerson> = new Set([samplePeople.hedy, samplePeople.linking, samplePeople.long]);

const { ada, grace, joan, hedy, katherine, long, accents, nameless, linking, markup, table } = samplePeople;

/** Who did what: each role has somebody. */
const work: Readonly<Record<Role, readonly SamplePerson[]>> = {
  author: [ada, ada, ada, grace, hedy, long, linking],
  "co-author": [joan, markup, nameless],
  reviewer: [katherine, grace, table],
  reporter: [hedy, accents],
  idea: [joan, markup],
  tester: [long],
  helper: [accents, table],
  mentor: [ada],
  docs: [grace, linking],
  design: [hedy],
  maintenance: [ada],
  community: [katherine],
  playbook: [joan],
};

/** A release in which everything is there that a release may have, made by so many people at least. */
export function sampleRelease(people: number): Acknowledgements {
  const known = roles.flatMap((role, place) =>
    work[role].map((who, index) => credit(who, role, 10 * place + index + 1)),
  );
  const crowd = sampleCrowd(people - Object.keys(samplePeople).length).flatMap((who, index) => {
    const role = roles[index % roles.length] ?? "author";
    return [credit(who, role, 200 + index), credit(who, "author", 200 + index)];
  });
  const assistants = ["Copilot", "dependabot[bot]"].map((name, index) => {
    const { person, ...others } = credit({ name, login: null }, "co-author", index + 1);
    return { ...others, person: { ...person, isAssistant: true } };
  });
  const rules = { release: "v1.4.0", range: "v1.3.0..v1.4.0", sort: "credits", exclude: [] } as const;
  return acknowledge([...known, ...crowd, ...assistants], { ...rules, team: ["ada", "katherine"] });
}

function credit(who: SamplePerson, role: Role, pull: number): ReleaseCredit {
  const { name, login } = who;
  const person = { key: `${login} ${name}`, name, login, url: sampleProfile(login) };
  return {
    person: { ...person, isAssistant: false, isNewcomer: newcomers.has(who) },
    role,
    work: String(pull),
    pull,
  };
}
