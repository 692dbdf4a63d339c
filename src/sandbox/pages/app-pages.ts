import type { Hono } from "hono";
import { repositoriesOf } from "../actions/apps.ts";
import type { Forge } from "../forge.ts";
import type { App, Installation } from "../model/app.ts";
import { fullName } from "../model/repository.ts";
import { findAccount } from "../model/state.ts";
import { notFound } from "../refusal.ts";
import { viewAccountPage } from "./account-pages.ts";
import { repositoryPath } from "./paths.ts";
import { personOf } from "./person.ts";
import { type Site, showPage } from "./site.ts";

/** An app, with what it may do and where it is installed. */
export function addAppPages(app: Hono, site: Site): void {
  const { forge } = site;
  app.get("/apps/:slug", (context) => {
    const found = [...forge.state.apps.values()].find(({ slug }) => slug === context.req.param("slug"));
    // A bot that an import brought has no app here, but a page.
    const bot = findAccount(forge.state, `${context.req.param("slug")}[bot]`);
    if (found === undefined && bot !== null) return showPage(site, context, viewAccountPage(forge, bot));
    if (found === undefined) throw notFound();
    return showPage(site, context, { template: "app", title: found.name, data: viewApp(forge, found) });
  });
  for (const path of ["/settings/installations/:id", "/organizations/:login/settings/installations/:id"]) {
    app.get(path, (context) => {
      const { id = "" } = context.req.param() as Record<string, string>;
      const installation = forge.state.installations.get(Number(id));
      if (installation === undefined) throw notFound();
      return context.redirect(`/apps/${installation.app.slug}#installation-${id}`);
    });
  }
}

function viewApp(forge: Forge, found: App) {
  const { state } = forge;
  return {
    person: personOf(forge, found.bot),
    name: found.name,
    description: found.description,
    owner: personOf(forge, found.owner),
    webhook: found.webhook.url,
    permissions: viewPermissions(found.permissions),
    events: found.events,
    deliveries: state.deliveries.filter(({ appId }) => appId === found.id).length,
    installations: [...state.installations.values()]
      .filter((installation) => installation.app === found)
      .map((installation) => viewInstallation(forge, installation)),
  };
}

function viewPermissions(permissions: App["permissions"]) {
  return Object.entries(permissions).map(([name, access]) => ({ name: name.replaceAll("_", " "), access }));
}

function viewInstallation(forge: Forge, installation: Installation) {
  return {
    id: installation.id,
    account: personOf(forge, installation.account),
    takesAll: installation.repositories === null,
    repositories: repositoriesOf(forge, installation).map((one) => ({
      name: fullName(one),
      href: repositoryPath(one),
    })),
    permissions: viewPermissions(installation.permissions),
    suspended: installation.suspended !== null,
    createdAt: installation.createdAt,
  };
}
