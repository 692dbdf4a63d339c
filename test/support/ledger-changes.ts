import fc from "fast-check";
import type { Role } from "../../src/domain/credit/roles.ts";
import type { LedgerEntry, LedgerPerson } from "../../src/domain/ledger/entry.ts";
import type { Subject } from "../../src/domain/ledger/subject.ts";
import { rememberAddresses } from "../../src/store/addresses.ts";
import { replaceCredits } from "../../src/store/credits.ts";
import { dropCommitCredits } from "../../src/store/drop-commit-credits.ts";
import { deleteRepository } from "../../src/store/forget-installation.ts";
import { forgetPerson } from "../../src/store/forget-person.ts";
import { moveRepository } from "../../src/store/move-repository.ts";
import type { Transaction } from "../../src/store/open-database.ts";
import { hidePerson, showPerson } from "../../src/store/people.ts";
import { loseRepository, rememberRepository } from "../../src/store/repositories.ts";
import { settleTallies } from "../../src/store/settle-tallies.ts";
import { readUnlisted } from "../../src/store/unlisted.ts";
import { account, ada, entry, grace, hash, hedy, joan, pullRequest } from "./ledger.ts";

/** Something that happens to a ledger of two installations: `first`, and the one after it. */
export interface Change {
  readonly what: object;
  readonly happen: (transaction: Transaction, first: number) => Promise<unknown>;
}

export const repositoryIds = [10, 11, 12];
export const accountIds = [101, 102, 103, 104];
const bot = account(104, "Tide Bot");
const copilot = { key: "assistant:Copilot", accountId: null, name: "Copilot" };
const people: readonly LedgerPerson[] = [ada, grace, hedy, joan, bot, copilot];
const roles: readonly Role[] = ["author", "co-author", "reviewer", "mentor"];
const subjects: readonly Subject[] = [
  ...[1, 2, 3].map(pullRequest),
  { kind: "commit", sha: "4f2a91c" },
  { kind: "issue", number: 1 },
  { kind: "issue", number: 2 },
];

/** An hour in March 2026, with its edges. */
const moment = fc
  .integer({ min: 0, max: 31 * 24 - 1 })
  .map((hour) => new Date(Date.UTC(2026, 2, 1, hour, hour % 2 === 0 ? 0 : 59, hour % 2 === 0 ? 0 : 59)));
const installation = fc.constantFrom(0, 0, 0, 1);
const repositoryId = fc.constantFrom(...repositoryIds);
const accountId = fc.constantFrom(...accountIds);

/** Credit of a subject: of an issue each may count since another moment, of everything else all since the same. */
const credit = fc
  .record({
    installation,
    repositoryId,
    subject: fc.constantFrom(...subjects),
    countedAt: fc.option(moment, { freq: 8 }),
    isBotAssistant: fc.boolean(),
    given: fc.array(fc.record({ person: fc.constantFrom(...people), role: fc.constantFrom(...roles), own: moment }), {
      maxLength: 6,
    }),
  })
  .map((what): Change => {
    const { installation: number, repositoryId: id, subject, countedAt, isBotAssistant, given } = what;
    const happen: Change["happen"] = async (transaction, first) => {
      const unlisted = await readUnlisted({ query: transaction }, first + number, { accountIds, hash });
      const listed = given.filter(({ person }) => !unlisted.has(person.accountId ?? 0));
      const entries = listed.map(({ person, role, own }): LedgerEntry => {
        const at = countedAt === null ? null : subject.kind === "issue" ? own : countedAt;
        const isAssistant = person === copilot || (person === bot && isBotAssistant);
        return entry(person, { role, isAssistant, countedAt: at, state: at === null ? "promised" : "landed" });
      });
      await replaceCredits(transaction, { installationId: first + number, repositoryId: id, subject }, entries);
    };
    return { what, happen };
  });

const ofPerson = fc
  .record({ action: fc.constantFrom("hide", "show", "forget"), installation, accountId })
  .map((what): Change => {
    const { action, installation: number, accountId: id } = what;
    const happen: Change["happen"] = (transaction, first) => {
      if (action === "hide") return hidePerson(transaction, first + number, { id, login: `person-${id}` });
      if (action === "show") return showPerson(transaction, first + number, id);
      return forgetPerson(transaction, first + number, { accountId: id, hash });
    };
    return { what, happen };
  });

const ofRepository = fc
  .record({
    action: fc.constantFrom("publish", "hide", "lose", "delete", "move", "drop commits"),
    installation,
    repositoryId,
    moment,
  })
  .map((what): Change => {
    const { action, installation: number, repositoryId: id, moment: at } = what;
    const happen: Change["happen"] = async (transaction, first) => {
      const key = { installationId: first + number, repositoryId: id };
      if (action === "lose") return loseRepository({ query: transaction }, key, at);
      if (action === "delete") return deleteRepository(transaction, key);
      if (action === "drop commits") return dropCommitCredits(transaction, key, ["4f2a91c"]);
      if (action === "move") {
        const to = first + (1 - number);
        return moveRepository(transaction, { repositoryId: id, from: first + number, to, hash });
      }
      const repository = { id, owner: "acme", name: `repository-${id}`, defaultBranch: "main" };
      return rememberRepository(transaction, first + number, { ...repository, isPrivate: action === "hide" });
    };
    return { what, happen };
  });

const address = fc.constant<Change>({
  what: { action: "know an address" },
  happen: (transaction, first) => {
    const addresses = [{ hash: hash.address("joan@example.org"), accountId: 103 }];
    return rememberAddresses(transaction, first, { addresses, hash });
  },
});

const reading = installation.map(
  (number): Change => ({
    what: { action: "settle", installation: number },
    happen: (transaction, first) => settleTallies({ query: transaction }, first + number),
  }),
);

/** What happens to a ledger, one after the other. */
export const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: credit },
    { weight: 2, arbitrary: ofPerson },
    { weight: 3, arbitrary: ofRepository },
    { weight: 1, arbitrary: address },
    { weight: 2, arbitrary: reading },
  ),
  { minLength: 5, maxLength: 40 },
);
