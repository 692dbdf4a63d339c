import type { Forge } from "../forge.ts";
import type { App, Delivery, Installation } from "../model/app.ts";
import { presentAccount } from "./account.ts";
import { time, timeOrNull } from "./time.ts";

export function presentApp(forge: Forge, app: App) {
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: app.nodeId,
    owner: presentAccount(forge, app.owner),
    name: app.name,
    description: app.description,
    external_url: app.externalUrl,
    html_url: `${forge.web}/apps/${app.slug}`,
    created_at: time(app.createdAt),
    updated_at: time(app.updatedAt),
    permissions: app.permissions,
    events: app.events,
  };
}

/** The app for itself: with how many have installed it. */
export function presentOwnApp(forge: Forge, app: App) {
  const installations = [...forge.state.installations.values()].filter((installation) => installation.app === app);
  return { ...presentApp(forge, app), installations_count: installations.length };
}

export function presentInstallation(forge: Forge, installation: Installation) {
  const { id, app, account, suspended } = installation;
  const settings = account.type === "Organization" ? `/organizations/${account.login}/settings` : "/settings";
  return {
    id,
    client_id: app.clientId,
    account: presentAccount(forge, account),
    repository_selection: installation.repositories === null ? "all" : "selected",
    access_tokens_url: `${forge.api}/app/installations/${id}/access_tokens`,
    repositories_url: `${forge.api}/installation/repositories`,
    html_url: `${forge.web}${settings}/installations/${id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: installation.events,
    created_at: time(installation.createdAt),
    updated_at: time(installation.updatedAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: suspended === null ? null : presentAccount(forge, suspended.by),
    suspended_at: timeOrNull(suspended?.at ?? null),
  };
}

/** One attempt, as the log of deliveries lists it. */
export function presentDelivery(delivery: Delivery) {
  const { outcome } = delivery;
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt.toISOString(),
    redelivery: delivery.redelivery,
    duration: outcome?.seconds ?? 0,
    status: outcome?.status ?? "pending",
    status_code: outcome?.statusCode ?? 0,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

/** The same with what was sent and answered. */
export function presentDeliveryInFull(delivery: Delivery) {
  const { request, outcome, url } = delivery;
  const [, form] = /^payload=(.*)$/s.exec(request.body) ?? [];
  const json = form === undefined ? request.body : decodeURIComponent(form);
  return {
    ...presentDelivery(delivery),
    url,
    request: { headers: request.headers, payload: JSON.parse(json) as unknown },
    response: { headers: outcome?.headers ?? {}, payload: outcome?.body ?? "" },
  };
}
