import { Gauge, type Registry } from "prom-client";

export interface PointsAnswer {
  /** Null for the app as itself. */
  readonly installationId: number | null;
  readonly points: { readonly resource: string; readonly left: number; readonly resetAt: Date } | null;
}

/** What GitHub has left for each installation, for as long as its last answer holds: afterwards it is all there again. */
export function createPointGauge(
  registers: Registry[],
  clock: () => Date,
): { readonly note: (answer: PointsAnswer) => void } {
  const known = new Map<string, { readonly labels: Record<string, string>; left: number; resetAt: Date }>();
  const gauge = new Gauge({
    name: "curtain_call_github_points_left",
    help: "What is left of GitHub's limits by its last answer, until they are renewed.",
    labelNames: ["installation", "resource"],
    registers,
    collect: () => {
      gauge.reset();
      for (const [key, { labels, left, resetAt }] of known) {
        if (resetAt <= clock()) known.delete(key);
        else gauge.set(labels, left);
      }
    },
  });
  return {
    note: ({ installationId, points }) => {
      if (points === null) return;
      const { resource, left, resetAt } = points;
      const labels = { installation: installationId === null ? "app" : String(installationId), resource };
      known.set(`${labels.installation} ${resource}`, { labels, left, resetAt });
    },
  };
}
