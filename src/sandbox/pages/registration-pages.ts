import type { Context, Hono } from "hono";
import { z } from "zod";
import { installApp, registerApp } from "../actions/apps.ts";
import type { Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";
import type { App } from "../model/app.ts";
import { findAccount } from "../model/state.ts";
import { notFound, Refusal } from "../refusal.ts";
import { readForm } from "./forms.ts";
import { personOf } from "./person.ts";
import { type Site, showPage } from "./site.ts";

/** https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest#github-app-manifest-parameters */
const manifestSchema = z.object({
  name: z.string().default(""),
  url: z.url(),
  hook_attributes: z.object({ url: z.url().optional(), active: z.boolean().optional() }).optional(),
  redirect_url: z.url({ protocol: /^https?$/ }),
  description: z.string().optional(),
  default_permissions: z.record(z.string(), z.enum(["read", "write", "admin"])).default({}),
  default_events: z.array(z.string()).default([]),
});

type Manifest = z.output<typeof manifestSchema>;

/** How an app is registered from a manifest, and installed: with a click each, as on GitHub. */
export function addRegistrationPages(app: Hono, site: Site): void {
  const { forge } = site;
  for (const path of ["/settings/apps/new", "/organizations/:login/settings/apps/new"]) {
    // Whoever asks for it comes from another site. This page only shows; the form on it does something.
    app.post(path, async (context) => {
      const owner = requireOwner(forge, context);
      const { manifest: text = "" } = await readForm(context);
      const manifest = readManifest(text);
      allowFormTo(context, manifest.redirect_url);
      const data = {
        owner: personOf(forge, owner),
        action: `/organizations/${owner.login}/settings/apps`,
        state: context.req.query("state") ?? "",
        manifest: text,
        name: manifest.name,
        webhook: manifest.hook_attributes?.url ?? null,
        redirect: manifest.redirect_url,
        permissions: Object.entries(manifest.default_permissions).map(([name, access]) => ({
          name: name.replaceAll("_", " "),
          access,
        })),
        events: manifest.default_events,
      };
      return showPage(site, context, { template: "register-app", title: "Register an app", data });
    });
  }
  app.post("/organizations/:login/settings/apps", async (context) => {
    const { manifest: text = "", name = "", state = "" } = await readForm(context);
    const manifest = readManifest(text);
    const code = await convert(forge, { manifest, name, owner: requireOwner(forge, context) });
    const target = new URL(manifest.redirect_url);
    target.searchParams.set("code", code);
    if (state !== "") target.searchParams.set("state", state);
    return context.redirect(target.href, 302);
  });
  app.get("/apps/:slug/installations/new", (context) => {
    const found = requireApp(forge, context);
    const installed = new Set(
      [...forge.state.installations.values()].flatMap((one) => (one.app === found ? one.account : [])),
    );
    const organizations = [...forge.state.accounts.values()].filter(({ type }) => type === "Organization");
    const data = {
      name: found.name,
      action: `/apps/${found.slug}/installations`,
      organizations: organizations.filter((account) => !installed.has(account)).map(({ login }) => login),
    };
    return showPage(site, context, { template: "install-app", title: `Install ${found.name}`, data });
  });
  app.post("/apps/:slug/installations", async (context) => {
    const found = requireApp(forge, context);
    const { account: login = "" } = await readForm(context);
    const account = findAccount(forge.state, login);
    if (account?.type !== "Organization") throw new Refusal(422, "Choose an organisation to install it on");
    const installation = await installApp(forge, { app: found, account, repositories: null }, ownerOf(account));
    return context.redirect(`/apps/${found.slug}#installation-${installation.id}`, 303);
  });
}

/** Registers the app, and gives the code by which its maker fetches the credentials, once. */
async function convert(
  forge: Forge,
  { manifest, name, owner }: { manifest: Manifest; name: string; owner: Account },
): Promise<string> {
  const registered = await registerApp(forge, {
    name: name.trim() === "" ? manifest.name : name.trim(),
    owner,
    description: manifest.description ?? null,
    externalUrl: manifest.url,
    webhookUrl: manifest.hook_attributes?.url ?? null,
    permissions: manifest.default_permissions,
    events: manifest.default_events,
  });
  const code = forge.randomBytes(20).toString("hex");
  forge.state.manifestConversions.set(code, registered);
  return code;
}

function readManifest(text: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Refusal(422, "The manifest is no JSON");
  }
  const result = manifestSchema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Refusal(422, `The manifest's ${issue?.path.join(".") || "text"}: ${issue?.message ?? "is invalid"}`);
}

/** The answer to the form leads back to whoever asked. */
function allowFormTo(context: Context, redirect: string): void {
  context.set("formTarget", new URL(redirect).origin);
}

/** The organisation in the address; without one, the first there is: on a machine of one's own, one owns them all. */
function requireOwner({ state }: Forge, context: Context): Account {
  const login = context.req.param("login");
  const owner =
    login === undefined
      ? [...state.accounts.values()].find(({ type }) => type === "Organization")
      : findAccount(state, login);
  if (owner?.type !== "Organization") throw notFound();
  return owner;
}

function requireApp({ state }: Forge, context: Context): App {
  const found = [...state.apps.values()].find(({ slug }) => slug === context.req.param("slug"));
  if (found === undefined) throw notFound();
  return found;
}

function ownerOf(organization: Account) {
  const [owner] = [...(organization.organization?.members ?? [])].flatMap(([account, role]) =>
    role === "admin" ? account : [],
  );
  return { account: owner ?? organization, viaAppId: null };
}
