import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import project from "../../package.json" with { type: "json" };

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
// oxlint-disable-next-line typescript/no-explicit-any -- the tests say what they expect where
type Any = any;

/** Each document of a file of YAML, which has to be without errors and warnings. */
function parse(path: string): Any[] {
  const documents = parseAllDocuments(read(path), { strict: true, uniqueKeys: true });
  return documents.map((document) => {
    expect([...document.errors, ...document.warnings]).toEqual([]);
    return document.toJS();
  });
}

const image = `curtain-call:${project.version}`;
const manifests = parse("deploy/kubernetes/kustomization.yaml")[0].resources.flatMap((path: string) =>
  parse(`deploy/kubernetes/${path}`),
);
const ofKind = (kind: string): Any[] => manifests.filter((one: Any) => one.kind === kind);
const [secret] = parse("deploy/kubernetes/secret.example.yaml");
const compose = parse("deploy/compose.yaml")[0];
const main = globSync("src/main/*.ts", { cwd: root }).map(read).join("\n");
/** The names that the app asks the environment for. */
const readNames = new Set(Array.from(main.matchAll(/environment(?:\["|, ")([A-Z_]+)"/g), ([, name = ""]) => name));

test("the app is asked for what it reads from the environment", () => {
  for (const name of ["APP_ID", "PORT", "ROLE", "OPS_TOKEN", "METRICS_TOKEN", "DATABASE_URL", "LEDGER_KEY"]) {
    expect(readNames).toContain(name);
  }
});

test.each(["web", "worker"])("the Deployment %s keeps its promises", (role) => {
  const deployment = ofKind("Deployment").find(({ metadata }) => metadata.name === `curtain-call-${role}`);
  const { replicas, selector, strategy, template } = deployment.spec;
  expect(replicas).toBe(3);
  expect(strategy.rollingUpdate.maxUnavailable).toBe(0);
  expect(template.metadata.labels).toEqual(selector.matchLabels);
  const pod = template.spec;
  expect(pod.automountServiceAccountToken).toBe(false);
  expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 });
  expect(pod.securityContext.seccompProfile).toEqual({ type: "RuntimeDefault" });
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(40);
  expect(pod.containers).toHaveLength(1);
  const [container] = pod.containers;
  expect(container.image).toBe(image);
  expect(container.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  });
  for (const kind of ["requests", "limits"]) {
    expect(Object.keys(container.resources[kind]).toSorted()).toEqual(["cpu", "ephemeral-storage", "memory"]);
  }
  const environment = Object.fromEntries(container.env.map(({ name, value }: Any) => [name, value]));
  expect(environment).toEqual({ ROLE: role, PORT: "3000", DATA_DIR: "/data" });
  expect(container.envFrom).toEqual([{ secretRef: { name: secret.metadata.name } }]);
  const [port] = container.ports;
  expect(port.containerPort).toBe(Number(environment["PORT"]));
  expect(container.startupProbe.httpGet).toEqual({ path: "/healthz", port: port.name });
  expect(container.livenessProbe.httpGet).toEqual({ path: "/healthz", port: port.name });
  expect(container.readinessProbe.httpGet).toEqual({ path: "/readyz?exclude=github", port: port.name });
  const mounted = container.volumeMounts.map(({ name, mountPath }: Any) => [name, mountPath]);
  expect(mounted).toEqual([
    ["data", "/data"],
    ["temporary", "/tmp"],
  ]);
  expect(pod.volumes.map(({ name }: Any) => name)).toEqual(["data", "temporary"]);
  for (const { emptyDir } of pod.volumes) expect(emptyDir.sizeLimit).toMatch(/^\d+[MG]i$/);
  const budget = ofKind("PodDisruptionBudget").find(({ metadata }) => metadata.name === `curtain-call-${role}`);
  expect(budget.spec.selector).toEqual(selector);
  expect(budget.spec.minAvailable).toBeLessThan(replicas);
});

test("the Service leads to those that take deliveries in, and to nobody else", () => {
  const [service, ...others] = ofKind("Service");
  expect(others).toEqual([]);
  const web = ofKind("Deployment").find(({ metadata }) => metadata.name === "curtain-call-web");
  expect(service.spec.selector).toEqual(web.spec.selector.matchLabels);
  expect(service.spec.ports[0].targetPort).toBe(web.spec.template.spec.containers[0].ports[0].name);
});

test("every name in the environment is one that the app reads", () => {
  const containers = ofKind("Deployment").flatMap(({ spec }) => spec.template.spec.containers);
  const given = [
    ...containers.flatMap(({ env }) => env.map(({ name }: Any) => name)),
    ...Object.keys(secret.stringData),
    ...Object.keys(compose.services.app.environment),
  ];
  expect(given.filter((name) => !readNames.has(name))).toEqual([]);
});

test("compose runs the app as a user that is not root, on a file system that it cannot write to", () => {
  const { app, database } = compose.services;
  expect(app).toMatchObject({
    build: { context: ".." },
    image,
    user: "1000:1000",
    read_only: true,
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
    volumes: ["data:/data"],
    ports: ["127.0.0.1:3000:3000"],
    depends_on: { database: { condition: "service_healthy" } },
  });
  expect(app.tmpfs[0]).toMatch(/^\/tmp/);
  expect(app.environment.PORT).toBe("3000");
  expect(app.environment.DATABASE_URL).toContain("@database:5432/curtain_call");
  expect(database.image).toMatch(/^postgres:\d+\.\d+-bookworm$/);
  expect(database.environment.POSTGRES_DB).toBe("curtain_call");
  expect(database.ports).toBeUndefined();
  expect(Object.keys(compose.volumes)).toEqual(["data", "database"]);
  expect(JSON.stringify(compose)).not.toMatch(/:latest/);
});

test("nothing secret stands in a file of the repository", () => {
  expect(compose.services.database.environment.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
  expect(compose.services.app.environment.LEDGER_KEY).toMatch(/^\$\{LEDGER_KEY:\?/);
  for (const text of Object.values<string>(secret.stringData)) expect(text).not.toMatch(/BEGIN|[\da-f]{32}/);
});
