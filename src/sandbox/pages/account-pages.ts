import type { Hono } from "hono";
import type { PageToRender } from "../../render/load-pages.ts";
import { membersOf, shown } from "../actions/accounts.ts";
import type { Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";
import type { Repository } from "../model/repository.ts";
import { findAccount } from "../model/state.ts";
import { notFound } from "../refusal.ts";
import { drawAvatar } from "./draw-avatar.ts";
import { repositoryPath } from "./paths.ts";
import { personOf } from "./person.ts";
import { type Site, showPage } from "./site.ts";

/** An import may bring hundreds; the front page shows the first. */
const mostPeople = 12;

/** The front page, and the pages of people and organisations. */
export function addAccountPages(app: Hono, site: Site): void {
  const { forge } = site;
  const { state } = forge;
  app.get("/", (context) => {
    const accounts = [...state.accounts.values()].filter((account) => !account.deleted && account !== state.ghost);
    const people = accounts.filter(({ type }) => type === "User");
    const data = {
      web: forge.web,
      organizations: accounts.filter(({ type }) => type === "Organization").map((one) => viewCard(forge, one)),
      people: people.slice(0, mostPeople).map((one) => viewCard(forge, one)),
      morePeople: Math.max(0, people.length - mostPeople),
      apps: [...state.apps.values()].map(({ bot, name, description }) => ({
        ...personOf(forge, bot),
        name,
        description,
      })),
      repositories: [...state.repositories.values()].map(viewRepository),
    };
    return showPage(site, context, { template: "home", title: "The sandbox", data });
  });
  app.get("/avatars/:id", (context) => {
    const account = state.accounts.get(Number(context.req.param("id").replace(/\.svg$/, "")));
    if (account === undefined) throw notFound();
    context.header("Cache-Control", "public, max-age=3600");
    return context.body(drawAvatar(shown(state, account)), 200, { "Content-Type": "image/svg+xml" });
  });
  app.get("/:account", (context) => {
    const account = findAccount(state, context.req.param("account"));
    if (account === null) throw notFound();
    if (account.type === "Bot") return context.redirect(personOf(forge, account).href);
    return showPage(site, context, viewAccountPage(forge, account));
  });
}

export function viewAccountPage(forge: Forge, account: Account): PageToRender {
  return { template: "account", title: account.login, data: viewAccount(forge, account) };
}

function viewAccount(forge: Forge, account: Account) {
  const { state } = forge;
  const repositories = [...state.repositories.values()];
  const organizations = [...state.accounts.values()].filter((other) => membersOf(other).has(account));
  return {
    person: personOf(forge, account),
    bio: account.bio,
    publicAddress: account.publicAddress,
    isOrganization: account.organization !== null,
    createdAt: account.createdAt,
    repositories: repositories.filter(({ owner }) => owner === account).map(viewRepository),
    collaborations: repositories.filter(({ collaborators }) => collaborators.has(account)).map(viewRepository),
    members: Array.from(membersOf(account), ([member, role]) => ({ ...personOf(forge, member), role })),
    organizations: organizations.map((organization) => viewCard(forge, organization)),
  };
}

function viewCard(forge: Forge, account: Account) {
  const owned = [...forge.state.repositories.values()].filter(({ owner }) => owner === account);
  return { ...personOf(forge, account), repositories: owned.length };
}

function viewRepository(repository: Repository) {
  const open = [...repository.issues.values()].filter(({ state }) => state === "open");
  const pulls = open.filter(({ pull }) => pull !== null).length;
  return {
    owner: repository.owner.login,
    name: repository.name,
    href: repositoryPath(repository),
    description: repository.description,
    private: repository.private,
    archived: repository.archived,
    pushedAt: repository.pushedAt,
    issues: open.length - pulls,
    pulls,
  };
}
