import type { Context } from "hono";
import type { Forge } from "../forge.ts";
import { fullName, type Repository } from "../model/repository.ts";
import { findRepository } from "../model/state.ts";
import { notFound } from "../refusal.ts";
import { repositoryPath } from "./paths.ts";
import { personOf } from "./person.ts";

export type Tab = "Code" | "Issues" | "Pull requests" | "Releases" | "Labels" | "Milestones";

/**
 * The repository that an address names. Private ones are shown too: the pages are on loopback only, and whoever sits at
 * this machine has made everything in them. Throws a Refusal where there is none.
 */
export function requireRepository({ state }: Forge, context: Context): Repository {
  const { owner = "", repository: name = "" } = context.req.param() as Record<string, string>;
  const repository = findRepository(state, owner, name.replace(/\.git$/, ""));
  if (repository === null) throw notFound();
  return repository;
}

/** What stands above each page of a repository: its name, and the tabs. */
export function frameOf(forge: Forge, repository: Repository, current: Tab) {
  const path = repositoryPath(repository);
  const open = [...repository.issues.values()].filter(({ state }) => state === "open");
  const pulls = open.filter(({ pull }) => pull !== null).length;
  const tabs: readonly { name: Tab; href: string; count: number | null }[] = [
    { name: "Code", href: path, count: null },
    { name: "Issues", href: `${path}/issues`, count: open.length - pulls },
    { name: "Pull requests", href: `${path}/pulls`, count: pulls },
    { name: "Releases", href: `${path}/releases`, count: repository.releases.length },
    { name: "Labels", href: `${path}/labels`, count: repository.labels.length },
    { name: "Milestones", href: `${path}/milestones`, count: repository.milestones.length },
  ];
  return {
    owner: personOf(forge, repository.owner),
    name: repository.name,
    path,
    private: repository.private,
    archived: repository.archived,
    parent:
      repository.parent === null
        ? null
        : { name: fullName(repository.parent), href: repositoryPath(repository.parent) },
    tabs: tabs.map((tab) => ({ ...tab, isCurrent: tab.name === current, hasCount: tab.count !== null })),
  };
}
