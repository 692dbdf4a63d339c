import { createOrganization, setMember } from "../actions/accounts.ts";
import { createTeam, setTeamMember, setTeamRepository } from "../actions/teams.ts";
import type { Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";
import type { PullRequest } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { createCast } from "./create-cast.ts";
import { seedRepository } from "./seed-repository.ts";
import { tellOfTides } from "./tell-of-tides.ts";
import { by, type DaysAgo, lookBack } from "./told.ts";

/** What there is once the story has been told. */
export interface Story {
  readonly organization: Account;
  readonly owner: Account;
  /** Of the organisation, the owner first. */
  readonly members: readonly Account[];
  readonly repositories: readonly Repository[];
  /** The open one, by three people, that closes the issue of a fourth. */
  readonly pullRequest: PullRequest;
}

/**
 * Fills the sandbox with a small organisation of people who do not exist, and what they did in the last ten weeks by
 * the forge's clock. Nobody is told. Throws a Refusal where one of their logins is taken.
 */
export async function tellStory(forge: Forge): Promise<Story> {
  const daysAgo = lookBack(forge);
  const begin = daysAgo(80);
  const cast = createCast(begin);
  const { ada, grace, katherine } = cast;
  const organization = createOrganization(begin, {
    login: "tidewater",
    name: "Tidewater Observatory",
    bio: "We keep gauges at the coast, and tell everybody what they say.",
    owner: ada,
  });
  if (organization.organization !== null) organization.organization.defaultRepositoryPermission = "write";
  for (const account of [grace, katherine]) {
    await setMember(daysAgo(79), { organization, account, role: "member", actor: by(ada) });
  }
  const { tides, pullRequest } = await tellOfTides(daysAgo, { organization, cast });
  const others = await tellOfOthers(daysAgo, { organization, creator: ada, helper: grace });
  const team = createTeam(daysAgo(49), { organization, name: "Platform", privacy: "closed" });
  await setTeamMember(daysAgo(49), { team, account: grace, role: "maintainer" }, by(ada));
  await setTeamMember(daysAgo(49), { team, account: katherine }, by(ada));
  setTeamRepository(team, tides, "maintain");
  return { organization, owner: ada, members: [ada, grace, katherine], repositories: [tides, ...others], pullRequest };
}

async function tellOfOthers(
  daysAgo: DaysAgo,
  { organization, creator, helper }: { organization: Account; creator: Account; helper: Account },
): Promise<Repository[]> {
  const branch = "main";
  const playbooks = await seedRepository(daysAgo, {
    creator,
    wanted: { owner: organization, name: "playbooks", description: "How we begin things, to be used again by anybody" },
    commits: [
      {
        folder: "playbooks",
        branch,
        author: creator,
        daysAgo: 58,
        message: "Write down how we began our last service\n\nCo-authored-by: Grace Sample <grace@example.org>",
      },
    ],
  });
  const keys = await seedRepository(daysAgo, {
    creator: helper,
    wanted: { owner: organization, name: "tide-gauge-keys", description: "Who holds which key", private: true },
    commits: [
      { folder: "tide-gauge-keys", branch, author: helper, daysAgo: 52, message: "List the keys of the gauges" },
    ],
  });
  const startHere = await seedRepository(daysAgo, {
    creator,
    wanted: { owner: organization, name: "start-here", description: "Where newcomers begin" },
    commits: [{ folder: "start-here", branch, author: creator, daysAgo: 50, message: "Welcome everybody" }],
  });
  return [playbooks, keys, startHere];
}
