import {
  chooseRepositories,
  createInstallationToken,
  deleteInstallation,
  findInstallation,
  repositoriesOf,
  setSuspended,
} from "../../actions/apps.ts";
import { reaches, roleOf } from "../../identity/access.ts";
import type { Account } from "../../model/account.ts";
import type { App, Delivery, Installation } from "../../model/app.ts";
import { findAccount, findRepository } from "../../model/state.ts";
import {
  presentApp,
  presentDelivery,
  presentDeliveryInFull,
  presentInstallation,
  presentOwnApp,
} from "../../present/app.ts";
import { presentRepository } from "../../present/repository.ts";
import { time } from "../../present/time.ts";
import { notFound, Refusal } from "../../refusal.ts";
import {
  actorOf,
  created,
  cutPage,
  done,
  type JudgedRequest,
  type Operation,
  ok,
  operation,
  paged,
  requirePerson,
} from "../operation.ts";

export const appOperations: readonly Operation[] = [
  operation("apps/get-authenticated", (request) => ok(presentOwnApp(request.forge, requireApp(request)))),
  operation("apps/get-by-slug", ({ forge, parameters }) => {
    const app = [...forge.state.apps.values()].find(({ slug }) => slug === parameters.app_slug);
    if (app === undefined) throw notFound();
    return ok(presentApp(forge, app));
  }),
  operation("apps/list-installations", (request) => {
    const app = requireApp(request);
    const installations = [...request.forge.state.installations.values()].filter((one) => one.app === app);
    return paged(request, installations, (installation) => presentInstallation(request.forge, installation));
  }),
  operation("apps/get-installation", (request) => {
    return ok(presentInstallation(request.forge, requireInstallation(request, request.parameters.installation_id)));
  }),
  operation("apps/delete-installation", async (request) => {
    const installation = requireInstallation(request, request.parameters.installation_id);
    await deleteInstallation(request.forge, installation, { account: installation.app.bot, viaAppId: null });
    return done();
  }),
  operation("apps/suspend-installation", async (request) => {
    const installation = requireInstallation(request, request.parameters.installation_id);
    const actor = { account: installation.app.bot, viaAppId: null };
    await setSuspended(request.forge, { installation, suspended: true }, actor);
    return done();
  }),
  operation("apps/unsuspend-installation", async (request) => {
    const installation = requireInstallation(request, request.parameters.installation_id);
    const actor = { account: installation.app.bot, viaAppId: null };
    await setSuspended(request.forge, { installation, suspended: false }, actor);
    return done();
  }),
  operation("apps/create-installation-access-token", (request) => {
    const { forge, parameters, body } = request;
    const installation = requireInstallation(request, parameters.installation_id);
    const named = body?.repositories?.map((name) => findRepository(forge.state, installation.account.login, name));
    const numbered = body?.repository_ids?.map((id) => forge.state.repositories.get(id) ?? null);
    const asked = named === undefined && numbered === undefined ? undefined : [...(named ?? []), ...(numbered ?? [])];
    const repositories = asked?.map((repository) => repository ?? refuseRepository());
    const { text, token } = createInstallationToken(forge, installation, {
      ...(body?.permissions === undefined ? {} : { permissions: body.permissions }),
      ...(repositories === undefined ? {} : { repositories }),
    });
    return created({
      token: text,
      expires_at: time(token.expiresAt),
      permissions: token.permissions,
      repository_selection: installation.repositories === null && repositories === undefined ? "all" : "selected",
      ...(repositories === undefined ? {} : { repositories: repositories.map((one) => presentRepository(forge, one)) }),
    });
  }),
  operation("apps/get-org-installation", (request) => {
    return ok(installationOf(request, findAccount(request.forge.state, request.parameters.org)));
  }),
  operation("apps/get-user-installation", (request) => {
    return ok(installationOf(request, findAccount(request.forge.state, request.parameters.username)));
  }),
  operation("apps/get-repo-installation", (request) => {
    const { owner, repo } = request.parameters;
    const repository = findRepository(request.forge.state, owner, repo);
    const covers = ({ repositories }: Installation): boolean =>
      repository !== null && (repositories === null || repositories.has(repository));
    return ok(installationOf(request, repository?.owner ?? null, covers));
  }),
  operation("apps/list-repos-accessible-to-installation", (request) => {
    const { forge, caller } = request;
    const { installation } = requireInstallationToken(request);
    const repositories = repositoriesOf(forge, installation).filter((repository) => {
      return caller.kind === "installation" && reaches(caller, repository);
    });
    const { part, page } = cutPage(request, repositories);
    return {
      status: 200,
      body: { total_count: page.total, repositories: part.map((repository) => presentRepository(forge, repository)) },
      page,
    };
  }),
  operation("apps/add-repo-to-installation-for-authenticated-user", async (request) => {
    const { installation, repository, chosen } = requireChoice(request, request.parameters);
    // All of them hold this one too.
    if (chosen === null) return done();
    const repositories = [...chosen, repository];
    await chooseRepositories(request.forge, { installation, repositories }, actorOf(request));
    return done();
  }),
  operation("apps/remove-repo-from-installation-for-authenticated-user", async (request) => {
    const { installation, repository, chosen } = requireChoice(request, request.parameters);
    if (chosen === null || !chosen.has(repository) || chosen.size === 1) {
      throw new Refusal(422, "An installation of all repositories, or of this one alone, cannot go without it");
    }
    const repositories = [...chosen].filter((one) => one !== repository);
    await chooseRepositories(request.forge, { installation, repositories }, actorOf(request));
    return done();
  }),
  operation("apps/revoke-installation-access-token", (request) => {
    request.forge.state.tokens.delete(requireInstallationToken(request).token);
    return done();
  }),
  operation("apps/create-from-manifest", ({ forge, parameters }) => {
    const conversion = forge.state.manifestConversions.get(parameters.code);
    if (conversion === undefined) throw notFound();
    // A code is good for once.
    forge.state.manifestConversions.delete(parameters.code);
    const { app, privateKey } = conversion;
    return created({
      ...presentApp(forge, app),
      client_secret: app.clientSecret,
      webhook_secret: app.webhook.secret,
      pem: privateKey,
    });
  }),
  operation("apps/get-webhook-config-for-app", (request) => ok(presentWebhook(requireApp(request)))),
  operation("apps/update-webhook-config-for-app", (request) => {
    const app = requireApp(request);
    const { url, secret, content_type: contentType } = request.body;
    if (contentType !== undefined && contentType !== "json" && contentType !== "form") {
      throw new Refusal(422, "Validation Failed", [{ resource: "Hook", field: "content_type", code: "invalid" }]);
    }
    app.webhook = {
      ...app.webhook,
      ...(url === undefined ? {} : { url }),
      ...(secret === undefined ? {} : { secret }),
      ...(contentType === undefined ? {} : { contentType }),
    };
    return ok(presentWebhook(app));
  }),
  operation("apps/list-webhook-deliveries", (request) => {
    const app = requireApp(request);
    const { per_page: size = 30, cursor, status } = request.parameters;
    const newestFirst = request.forge.state.deliveries.filter(({ appId }) => appId === app.id).toReversed();
    const wanted = newestFirst.filter(({ id, outcome }) => {
      const succeeded = outcome !== null && outcome.statusCode >= 200 && outcome.statusCode < 400;
      return (
        (cursor === undefined || id < Number(cursor)) && (status === undefined || succeeded === (status === "success"))
      );
    });
    const part = wanted.slice(0, size);
    const next = `${request.forge.api}/app/hook/deliveries?per_page=${size}&cursor=${part.at(-1)?.id}`;
    const headers: Record<string, string> = wanted.length > size ? { link: `<${next}>; rel="next"` } : {};
    return { status: 200, body: part.map(presentDelivery), headers };
  }),
  operation("apps/get-webhook-delivery", (request) => {
    return ok(presentDeliveryInFull(requireDelivery(request, request.parameters.delivery_id)));
  }),
  operation("apps/redeliver-webhook-delivery", (request) => {
    request.forge.redeliver(requireDelivery(request, request.parameters.delivery_id));
    return { status: 202, body: {} };
  }),
];

function requireApp({ caller }: Pick<JudgedRequest, "caller">): App {
  if (caller.kind === "app") return caller.app;
  throw new Refusal(401, "A JSON web token could not be decoded");
}

function requireInstallationToken({ caller }: Pick<JudgedRequest, "caller">) {
  if (caller.kind === "installation") return caller;
  throw new Refusal(
    403,
    "You must authenticate with an installation access token in order to list repositories for an installation.",
  );
}

function requireInstallation(request: Pick<JudgedRequest, "caller" | "forge">, id: number): Installation {
  const app = requireApp(request);
  const installation = request.forge.state.installations.get(id);
  if (installation?.app !== app) throw notFound();
  return installation;
}

/** What an administrator of a repository may add to an installation or take from it. */
function requireChoice(
  request: Pick<JudgedRequest, "caller" | "forge">,
  { installation_id: id, repository_id: number }: { installation_id: number; repository_id: number },
) {
  const account = requirePerson(request);
  const installation = request.forge.state.installations.get(id);
  const repository = request.forge.state.repositories.get(number);
  if (installation === undefined || repository?.owner !== installation.account) throw notFound();
  if (roleOf(account, repository) !== "admin") throw notFound();
  return { installation, repository, chosen: installation.repositories };
}

function installationOf(
  request: Pick<JudgedRequest, "caller" | "forge">,
  account: Account | null,
  covers: (installation: Installation) => boolean = () => true,
) {
  const installation = account === null ? null : findInstallation(request.forge, requireApp(request), account);
  if (installation === null || !covers(installation)) throw notFound();
  return presentInstallation(request.forge, installation);
}

function requireDelivery(request: Pick<JudgedRequest, "caller" | "forge">, id: number): Delivery {
  const app = requireApp(request);
  const delivery = request.forge.state.deliveries.find((one) => one.id === id && one.appId === app.id);
  if (delivery === undefined) throw notFound();
  return delivery;
}

function presentWebhook({ webhook }: App) {
  return {
    content_type: webhook.contentType,
    insecure_ssl: webhook.insecureSsl ? "1" : "0",
    ...(webhook.secret === null ? {} : { secret: "********" }),
    ...(webhook.url === null ? {} : { url: webhook.url }),
  };
}

function refuseRepository(): never {
  throw new Refusal(
    422,
    "There is at least one repository that does not exist or is not accessible to the parent installation.",
  );
}
