import { expect, test } from "vitest";
import { decideCreditCheck } from "../../../src/domain/credit/credit-check.ts";
import type { CreditSettings } from "../../../src/domain/credit/pull-request-credit.ts";
import type { PullRequestFacts } from "../../../src/domain/credit/pull-request-facts.ts";
import { loadTemplate } from "../../../src/render/load-template.ts";
import { renderCreditCheck } from "../../../src/render/render-credit-check.ts";
import { sourceOf } from "../../support/compose-comment.ts";
import { calendarDays, commit, pullRequest } from "../../support/pull-request.ts";

const byAda = "Ada Example <ada@example.com>";
const fine = pullRequest({ commits: [commit(byAda, "Add a")] });
const withTrailer = (
  trailer: string,
): readonly [PullRequestFacts["commits"][number], PullRequestFacts["commits"][number]] => [
  commit(byAda, `Add a\n\n${trailer}\n`),
  commit(byAda, "Add b"),
];
const hidden = pullRequest({ commits: withTrailer("Tested-by: Joan Figure <joan@example.org>") });
const lost = { ...hidden, proposedSquash: { title: "Add a", body: "" } };
const onlySquash = {
  ...lost,
  repository: { ...lost.repository, allows: { merge: false, squash: true, rebase: false } },
};
const malformed = pullRequest({ commits: [commit(byAda, "Add a\n\nTested-by: Joan\n")] });
const assisted = pullRequest({ commits: [commit(byAda, "Add a\n\nCo-authored-by: Copilot <copilot@github.com>\n")] });
type Mode = "off" | "advise" | "require";

test.each<[string, PullRequestFacts, Mode, CreditSettings["assistants"], string | undefined]>([
  ["there is none where none is asked for", calendarDays, "off", "section", undefined],
  ["it is content with a pull request that loses nothing", fine, "require", "section", "success"],
  ["it only advises where advice is asked for", onlySquash, "advise", "section", "neutral"],
  ["it fails for whom every way to merge would lose", onlySquash, "require", "section", "failure"],
  ["it only advises where another way would keep them", lost, "require", "section", "neutral"],
  ["it only advises about what may be lost", hidden, "require", "section", "neutral"],
  ["it fails for an address that no account has", calendarDays, "require", "section", "failure"],
  ["it fails for a trailer that names nobody for certain", malformed, "require", "section", "failure"],
  ["it fails for an assistant where none is allowed, whatever the mode", assisted, "off", "forbid", "failure"],
  ["without one it is content, and says nothing of what was not asked", calendarDays, "off", "forbid", "success"],
  ["it leaves a closed pull request alone", { ...calendarDays, state: "closed" }, "require", "section", undefined],
])("%s", (_, facts, mode, assistants, conclusion) => {
  expect(decideCreditCheck(sourceOf(facts, { settings: { assistants } }), mode)?.conclusion).toBe(conclusion);
});

test("it says what to do, and when there is nothing to do", async () => {
  const template = await loadTemplate("comments/credit-check.md.hbs", ["comments/credit-warning.md.hbs"]);
  const textOf = (facts: PullRequestFacts, assistants: CreditSettings["assistants"] = "section") => {
    const check = decideCreditCheck(sourceOf(facts, { settings: { assistants } }), "require");
    return check && renderCreditCheck(check, template);
  };
  expect(textOf(fine)).toEqual({ title: "The one who made this is credited", summary: "Nothing has to be done." });
  expect(textOf(assisted, "forbid")).toEqual({
    title: "This is in part an assistant's",
    summary: "This repository takes no work of assistants, and this is in part by Copilot.",
  });
  expect(textOf(malformed)?.summary).toContain("says “Tested-by: Joan”, which names nobody for certain.");
});
