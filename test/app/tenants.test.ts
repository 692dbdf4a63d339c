import { expect, test } from "vitest";
import { createOrganization, createPerson } from "../../src/sandbox/actions/accounts.ts";
import { installApp } from "../../src/sandbox/actions/apps.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { addReview } from "../../src/sandbox/actions/reviews.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startTestApp } from "../support/start-test-app.ts";

test("two organisations with equal names and numbers never hold anything of each other's", async () => {
  const { forge, ada, grace, hedy, app, installation, quiet, commentsOn, complaints } = await startTestApp();
  const mary = createPerson(forge, { login: "mary", name: "Mary Model", addresses: ["mary@example.com"] });
  const joan = createPerson(forge, { login: "joan", name: "Joan Specimen", addresses: ["joan@example.org"] });
  const nell = createPerson(forge, { login: "nell", name: "Nell Pattern", addresses: ["nell@example.com"] });
  const other = createOrganization(forge, { login: "other", name: "Other", owner: mary });
  const theirs = await installApp(forge, { app: installation.app, account: other, repositories: null }, by(mary));
  await quiet();

  async function play(owner: Account, [author, coAuthor, reviewer]: readonly [Account, Account, Account]) {
    const repository = await createRepository(
      forge,
      { owner, name: "tides", private: true, autoInit: true },
      by(author),
    );
    repository.collaborators.set(reviewer, "write");
    await openIssue(forge, { repository, title: "Off by an hour", body: null }, by(author));
    const message = `Count the days\n\nCo-authored-by: ${coAuthor.name} <${coAuthor.addresses[0]}>`;
    await commitTo(forge, repository, { branch: "topic", author, message });
    const wanted = { repository, title: `Of ${owner.login}`, body: null, head: "topic", base: "main" };
    const pull = await openPull(forge, wanted, by(author));
    await addReview(forge, { pull, body: "Good", verdict: "APPROVE" }, by(reviewer));
    return pull;
  }

  const ours = { installation, people: [ada, grace, hedy] as const };
  const sides = [ours, { installation: theirs, people: [mary, joan, nell] as const }];
  const pulls = await Promise.all(sides.map((side) => play(side.installation.account, side.people)));
  expect(pulls.map(({ issue }) => issue.number)).toEqual([2, 2]);
  await quiet();
  for (const pull of pulls) await mergePull(forge, { pull, method: "squash" }, by(pull.issue.author));
  await quiet();

  const { query } = app.deps.database;
  for (const [index, side] of sides.entries()) {
    const strangers = sides[1 - index];
    const wordsOf = (one: typeof side | undefined): string[] => [
      `/${one?.installation.account.login}/`,
      ...(one?.people ?? []).flatMap(({ login, name }) => [`/${login}`, name ?? login]),
    ];
    const foreign = (text: string): string[] => wordsOf(strangers).filter((word) => text.includes(word));
    const comments = pulls[index] === undefined ? [] : commentsOn(pulls[index].issue);
    expect(comments).toHaveLength(1);
    expect(side.people.filter(({ login }) => !comments[0]?.includes(`${forge.web}/${login}`))).toEqual([]);
    expect(foreign(comments.join())).toEqual([]);
    // Three for the pull request, and one for the first commit.
    const own = { credits: 4, people: 3, pull_requests: 1, repositories: 1 };
    for (const [table, count] of Object.entries(own) as [keyof typeof own, number][]) {
      const rows = await query
        .selectFrom(table)
        .selectAll()
        .where("installation_id", "=", side.installation.id)
        .execute();
      expect({ table, count: rows.length }).toEqual({ table, count });
      expect(foreign(JSON.stringify(rows))).toEqual([]);
      if (table !== "people" && table !== "credits") continue;
      const known = new Set(side.people.map(({ id }) => id));
      expect(rows.filter((row) => "account_id" in row && !known.has(row.account_id ?? 0))).toEqual([]);
    }
  }
  expect(complaints).toEqual([]);
});
