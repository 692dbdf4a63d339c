import type { Hono } from "hono";
import { z } from "zod";
import { createTeam, deleteTeam, setTeamMember, setTeamRepository } from "../actions/teams.ts";
import type { Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";
import { findAccount, findRepository } from "../model/state.ts";
import { findTeam, type Team } from "../model/team.ts";
import { notFound, Refusal } from "../refusal.ts";
import { readRole } from "../rest/read-role.ts";
import { ownerOf } from "./owner-of.ts";
import { read } from "./read.ts";

const schemas = {
  team: z.strictObject({
    organization: z.string(),
    name: z.string(),
    description: z.string().nullable().optional(),
    privacy: z.enum(["closed", "secret"]).default("closed"),
    members: z.array(z.string()).default([]),
    maintainers: z.array(z.string()).default([]),
    repositories: z.record(z.string(), z.string()).default({}),
  }),
  member: z.strictObject({ role: z.enum(["member", "maintainer"]).default("member") }),
};

/** Teams, for whoever tries an app and would rather not be the organisation's owner for it. */
export function addTeamControl(control: Hono, forge: Forge): void {
  control.post("/teams", async ({ req, json }) => {
    const { organization: login, members, maintainers, repositories, ...about } = await read(req.raw, schemas.team);
    const organization = requireAccount(forge, login);
    if (organization.organization === null) throw new Refusal(422, `${login} is no organization`);
    const people = [
      ...members.map((name) => ({ account: requireAccount(forge, name), role: "member" as const })),
      ...maintainers.map((name) => ({ account: requireAccount(forge, name), role: "maintainer" as const })),
    ];
    const given = Object.entries(repositories).map(([name, permission]) => {
      const repository = findRepository(forge.state, login, name);
      if (repository?.owner !== organization) throw new Refusal(422, `there is no repository ${name}`);
      return { repository, role: readRole(permission, "Team") };
    });
    const { description = null, ...named } = about;
    const team = createTeam(forge, { organization, ...named, description });
    for (const person of people) await setTeamMember(forge, { team, ...person }, ownerOf(organization));
    for (const { repository, role } of given) setTeamRepository(team, repository, role);
    return json({ id: team.id, slug: team.slug }, 201);
  });
  control.delete("/teams/:organization/:slug", ({ req, body }) => {
    deleteTeam(forge, requireTeam(forge, req.param()));
    return body(null, 204);
  });
  control.put("/teams/:organization/:slug/members/:login", async ({ req, json }) => {
    const team = requireTeam(forge, req.param());
    const { role } = await read(req.raw, schemas.member);
    const account = requireAccount(forge, req.param("login"));
    await setTeamMember(forge, { team, account, role }, ownerOf(team.organization));
    return json({ login: account.login, role });
  });
  control.delete("/teams/:organization/:slug/members/:login", ({ req, body }) => {
    const team = requireTeam(forge, req.param());
    if (!team.members.delete(requireAccount(forge, req.param("login")))) throw notFound();
    return body(null, 204);
  });
}

function requireTeam(
  { state }: Forge,
  { organization = "", slug = "" }: Readonly<Record<string, string | undefined>>,
): Team {
  const account = findAccount(state, organization);
  const team = account === null ? null : findTeam(account, slug);
  if (team === null) throw notFound();
  return team;
}

function requireAccount({ state }: Forge, login: string): Account {
  const account = findAccount(state, login);
  if (account === null) throw new Refusal(422, `there is no account ${login}`);
  return account;
}
