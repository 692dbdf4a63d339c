import { Hono } from "hono";
import { z } from "zod";
import { createPerson, renameAccount, setMember } from "../actions/accounts.ts";
import {
  chooseRepositories,
  createUserToken,
  deleteInstallation,
  grantPermissions,
  installApp,
  registerApp,
  setSuspended,
} from "../actions/apps.ts";
import { deleteAccount } from "../actions/delete-account.ts";
import { type Faults, requestFaultKinds, webhookFaultKinds } from "../faults/faults.ts";
import type { Forge } from "../forge.ts";
import { gitHubLimits, type Limiter } from "../limits/create-limiter.ts";
import { isOurOrigin } from "../pages/is-our-origin.ts";
import { notFound, Refusal } from "../refusal.ts";
import { refusalAnswer } from "../rest/answer-refusal.ts";
import { addMergeQueueControl } from "./merge-queue-control.ts";
import { ownerOf } from "./owner-of.ts";
import { read } from "./read.ts";
import {
  requireAccount,
  requireApp,
  requireInstallation,
  requireOrganization,
  requireRepositories,
} from "./require-known.ts";
import { addTeamControl } from "./team-control.ts";

export interface ControlTools {
  readonly forge: Forge;
  readonly faults: Faults;
  readonly limiter: Limiter;
  /** The operations of REST that there are, by their ids. */
  readonly operations: readonly string[];
  /** Waits until no webhook is on its way any more. */
  readonly settled: () => Promise<void>;
}

const permissions = z.record(z.string(), z.enum(["read", "write", "admin"]));
const schemas = {
  person: z.strictObject({
    login: z.string(),
    name: z.string().nullable().optional(),
    addresses: z.array(z.string()).optional(),
    organization: z.string().optional(),
  }),
  rename: z.strictObject({ login: z.string() }),
  token: z.strictObject({ login: z.string() }),
  app: z.strictObject({
    name: z.string(),
    owner: z.string(),
    webhook_url: z.url().nullable(),
    permissions,
    events: z.array(z.string()),
  }),
  installation: z.strictObject({
    app_id: z.int(),
    account: z.string(),
    repositories: z.array(z.string()).nullable().default(null),
    permissions: permissions.optional(),
  }),
  change: z.strictObject({
    suspended: z.boolean().optional(),
    permissions: permissions.optional(),
    repositories: z.array(z.string()).nullable().optional(),
  }),
  faults: z.strictObject({
    seed: z.string().default(""),
    rules: z.array(
      z.strictObject({
        kind: z.enum([...requestFaultKinds, ...webhookFaultKinds]),
        method: z.string().optional(),
        path: z.string().optional(),
        event: z.string().optional(),
        probability: z.number().min(0).max(1).default(1),
        times: z.int().min(0).nullable().default(null),
        milliseconds: z.int().min(0).max(600_000).default(1000),
      }),
    ),
  }),
  limits: z.strictObject({
    enabled: z.boolean(),
    perHour: z.int().optional(),
    anonymousPerHour: z.int().optional(),
    restPointsPerMinute: z.int().optional(),
    graphqlPointsPerMinute: z.int().optional(),
    createdPerMinute: z.int().optional(),
    createdPerHour: z.int().optional(),
    searchesPerMinute: z.int().optional(),
    anonymousSearchesPerMinute: z.int().optional(),
    atOnce: z.int().optional(),
  }),
};

/** What GitHub has no interface for, and whoever tries an app on this machine needs: JSON below `/_sandbox`. */
export function createControl(tools: ControlTools): Hono {
  const { forge, faults, limiter } = tools;
  const control = new Hono().basePath("/_sandbox");

  control.use(async ({ req }, next) => {
    // A page elsewhere can send no JSON here without being asked by the browser first, and it is never answered.
    const isJson = /^application\/json\b/.test(req.header("content-type") ?? "");
    const origin = req.header("origin");
    if (origin !== undefined && !isOurOrigin(origin, forge.web)) {
      throw new Refusal(403, "The sandbox is controlled from this machine, not from other sites' pages.");
    }
    if (req.method !== "GET" && req.method !== "DELETE" && !isJson)
      throw new Refusal(415, "Send JSON, with content-type application/json");
    await next();
  });

  control.get("/", ({ json }) =>
    json({
      people: "POST {login, name?, addresses?, organization?}; PATCH /people/:login {login}; DELETE /people/:login",
      tokens: "POST {login}",
      teams:
        "POST {organization, name, privacy?, description?, members?, maintainers?, repositories?: {name: pull | triage | push | maintain | admin}}; DELETE /teams/:organization/:slug; PUT /teams/:organization/:slug/members/:login {role?}; DELETE",
      apps: "POST {name, owner, webhook_url, permissions, events}",
      installations:
        "POST {app_id, account, repositories?, permissions?}; PATCH /installations/:id {suspended?, permissions?, repositories?}; DELETE",
      "repositories/:owner/:name/merge-queue":
        "PUT {method?: merge | squash | rebase, required_checks?}; DELETE; POST /finish {number}: merges the first, whatever its checks say",
      faults: `GET; PUT {seed?, rules: [{kind: ${[...requestFaultKinds, ...webhookFaultKinds].join(" | ")}, method?, path?, event?, probability?, times?, milliseconds?}]}`,
      limits:
        "GET; PUT {enabled, perHour?, anonymousPerHour?, restPointsPerMinute?, graphqlPointsPerMinute?, createdPerMinute?, createdPerHour?, searchesPerMinute?, anonymousSearchesPerMinute?, atOnce?}",
      operations: "GET: what there is of REST, by GitHub's names",
      settled: "GET: answers when no webhook is on its way",
    }),
  );
  control.post("/people", async ({ req, json }) => {
    const { organization, ...person } = await read(req.raw, schemas.person);
    const home = organization === undefined ? null : requireOrganization(forge, organization);
    const account = createPerson(forge, { ...person, name: person.name ?? null, addresses: person.addresses ?? [] });
    if (home !== null) {
      await setMember(forge, { organization: home, account, role: "member", actor: ownerOf(home) });
    }
    return json({ id: account.id, login: account.login, token: createUserToken(forge, account) }, 201);
  });
  control.patch("/people/:login", async ({ req, json }) => {
    const account = requireAccount(forge, req.param("login"));
    await renameAccount(forge, account, (await read(req.raw, schemas.rename)).login);
    return json({ id: account.id, login: account.login });
  });
  control.delete("/people/:login", async ({ req, body }) => {
    const account = requireAccount(forge, req.param("login"));
    await deleteAccount(forge, account, ownerOf(account));
    return body(null, 204);
  });
  control.post("/tokens", async ({ req, json }) => {
    const { login } = await read(req.raw, schemas.token);
    return json({ token: createUserToken(forge, requireAccount(forge, login)) }, 201);
  });
  control.post("/apps", async ({ req, json }) => {
    const { name, owner, webhook_url: webhookUrl, ...asked } = await read(req.raw, schemas.app);
    const { app, privateKey } = await registerApp(forge, {
      name,
      owner: requireAccount(forge, owner),
      webhookUrl,
      ...asked,
    });
    const { id, slug, clientId, clientSecret, webhook } = app;
    return json(
      { id, slug, client_id: clientId, client_secret: clientSecret, webhook_secret: webhook.secret, pem: privateKey },
      201,
    );
  });
  control.post("/installations", async ({ req, json }) => {
    const asked = await read(req.raw, schemas.installation);
    const app = requireApp(forge, asked.app_id);
    const account = requireAccount(forge, asked.account);
    const repositories = requireRepositories(forge, account, asked.repositories);
    const granted = asked.permissions === undefined ? {} : { permissions: asked.permissions };
    const installation = await installApp(forge, { app, account, repositories, ...granted }, ownerOf(account));
    return json({ id: installation.id }, 201);
  });
  control.patch("/installations/:id", async ({ req, json }) => {
    const installation = requireInstallation(forge, req.param("id"));
    const { suspended, permissions: granted, repositories } = await read(req.raw, schemas.change);
    const actor = ownerOf(installation.account);
    if (suspended !== undefined) await setSuspended(forge, { installation, suspended }, actor);
    if (granted !== undefined) await grantPermissions(forge, { installation, permissions: granted }, actor);
    if (repositories !== undefined) {
      const chosen = requireRepositories(forge, installation.account, repositories);
      await chooseRepositories(forge, { installation, repositories: chosen }, actor);
    }
    return json({ id: installation.id });
  });
  control.delete("/installations/:id", async ({ req, body }) => {
    const installation = requireInstallation(forge, req.param("id"));
    await deleteInstallation(forge, installation, ownerOf(installation.account));
    return body(null, 204);
  });
  addMergeQueueControl(control, forge);
  addTeamControl(control, forge);
  control.get("/faults", ({ json }) => json({ rules: faults.rules() }));
  control.put("/faults", async ({ req, json }) => {
    const { rules, seed } = await read(req.raw, schemas.faults);
    faults.arrange(rules, seed);
    return json({ rules: faults.rules() });
  });
  control.get("/limits", ({ json }) => json({ enabled: limiter.limits() !== null, ...limiter.limits() }));
  control.put("/limits", async ({ req, json }) => {
    const { enabled, ...others } = await read(req.raw, schemas.limits);
    const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
    limiter.setLimits(enabled ? { ...gitHubLimits, ...given } : null);
    return json({ enabled, ...limiter.limits() });
  });
  control.get("/operations", ({ json }) => json(tools.operations.toSorted()));
  control.get("/settled", async ({ body }) => {
    await tools.settled();
    return body(null, 204);
  });
  control.notFound(() => answer(notFound()));
  control.onError((error) => {
    if (error instanceof Refusal) return answer(error);
    throw error;
  });
  return control;
}

function answer(refusal: Refusal): Response {
  const { status, body } = refusalAnswer(refusal);
  return Response.json(body, { status });
}
