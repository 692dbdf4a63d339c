import { describe, expect, test } from "vitest";
import { needsApproval, refuseConfirmation } from "../../../src/domain/playbook/approval.ts";
import { formPlaybook } from "../../../src/domain/playbook/form-playbook.ts";
import { type CreationRights, refuseCreation } from "../../../src/domain/playbook/may-create.ts";
import { planPermissions } from "../../../src/domain/playbook/plan-permissions.ts";

const all = { public: true, private: true, internal: true };
const none = { public: false, private: false, internal: false };

describe("a repository is made for nobody who could not make it by hand", () => {
  test.each<[who: string, rights: CreationRights, may: string[]]>([
    ["an owner", { membership: "owner", membersMay: null }, ["public", "private", "internal"]],
    [
      "an owner where members may nothing",
      { membership: "owner", membersMay: none },
      ["public", "private", "internal"],
    ],
    ["a member who may all", { membership: "member", membersMay: all }, ["public", "private", "internal"]],
    ["a member who may private ones", { membership: "member", membersMay: { ...none, private: true } }, ["private"]],
    ["a member who may public ones", { membership: "member", membersMay: { ...none, public: true } }, ["public"]],
    ["a member who may nothing", { membership: "member", membersMay: none }, []],
    ["a member where GitHub does not tell", { membership: "member", membersMay: null }, []],
    ["a stranger where members may all", { membership: "none", membersMay: all }, []],
  ])("%s", (_, rights, may) => {
    const about = { login: "grace", isAsker: true, organisation: "acme" };
    const found = (["public", "private", "internal"] as const).filter((visibility) => {
      return refuseCreation(rights, { ...about, visibility }) === null;
    });
    expect(found).toEqual(may);
  });
});

test.each<[CreationRights, isAsker: boolean, words: string]>([
  [
    { membership: "none", membersMay: null },
    true,
    "Only members of the organisation `acme` can have repositories made there, and you are none.",
  ],
  [
    { membership: "none", membersMay: null },
    false,
    "Only members of the organisation `acme` can have repositories made there, and `@grace` is none.",
  ],
  [
    { membership: "member", membersMay: none },
    false,
    "In `acme`, `@grace` may make no private repository by hand, and so not this way either: the organisation leaves that to others. Ask an owner.",
  ],
  [
    { membership: "member", membersMay: null },
    true,
    "In `acme`, you may make no private repository by hand, and so not this way either: GitHub does not tell this app what members may, so that only owners can. Ask an owner.",
  ],
])("who may not is told why (%#)", (rights, isAsker, words) => {
  const about = { login: "grace", isAsker, organisation: "acme", visibility: "private" } as const;
  expect(refuseCreation(rights, about)?.text).toBe(words);
});

test("somebody else has to confirm as the settings say", () => {
  const visibilities = ["public", "private", "internal"] as const;
  expect(visibilities.map((one) => needsApproval("never", one))).toEqual([false, false, false]);
  expect(visibilities.map((one) => needsApproval("public", one))).toEqual([true, false, false]);
  expect(visibilities.map((one) => needsApproval("always", one))).toEqual([true, true, true]);
});

test.each<[needsOther: boolean, isRequester: boolean, isApprover: boolean, may: boolean]>([
  [false, true, false, true],
  [false, false, true, false],
  [false, false, false, false],
  [true, true, true, false],
  [true, true, false, false],
  [true, false, true, true],
  [true, false, false, false],
])(
  "whether another is needed (%s), who asked (%s), and an approver (%s): %s",
  (needsOther, isRequester, isApprover, may) => {
    expect(refuseConfirmation({ needsOther, isRequester, isApprover }) === null).toBe(may);
  },
);

test("a plan needs the permission for workflows where it has some, in any case", () => {
  const file = { mode: "100644", isRendered: false, size: 1, sha256: "", isBinary: false } as const;
  const basic = { administration: "write", contents: "write", issues: "write" };
  const target = { kind: "new" } as const;
  expect(planPermissions({ target, files: [{ ...file, path: ".github/CODEOWNERS" }] })).toEqual(basic);
  const workflow = { ...file, path: ".GitHub/Workflows/ci.yml" };
  expect(planPermissions({ target, files: [workflow] })).toEqual({ ...basic, workflows: "write" });
  const existing = { kind: "existing", repositoryId: 12, branch: "main", kept: [] } as const;
  const proposing = { contents: "write", issues: "write", pull_requests: "write", workflows: "write" };
  expect(planPermissions({ target: existing, files: [workflow] })).toEqual(proposing);
  expect(planPermissions({ target: existing, files: [] })).toEqual({ issues: "write" });
});

test.each<[what: string, body: string, name: string | null]>([
  ["a form", "### playbook\n\nnode-service\n\n### name\n\ntides", "node-service"],
  ["a form with Windows' ends of lines", "### playbook\r\n\r\nnode-service\r\n\r\n### name", "node-service"],
  ["a form behind other words", "Hello\n\n### playbook\n\nnode-service", "node-service"],
  ["an issue about playbooks", "The playbook is old.\n\n## playbook\n\nnode-service", null],
  ["a heading alone", "### playbook\n\n", null],
  ["an empty text", "", null],
])("%s names its playbook", (_, body, name) => {
  expect(formPlaybook(body)).toBe(name);
});
