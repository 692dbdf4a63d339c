/** What befalls requests of the app's, and webhooks on their way to it. */
export const faults = [
  // One run fails for good, as often as it is tried: somebody has to ask for another try.
  { kind: "500", method: "POST", path: "/repos/tidewater/project-kickoff-1/milestones", probability: 1, times: 13 },
  { kind: "502-after", method: "POST", path: "/repos/tidewater", probability: 0.1 },
  { kind: "reset-after", method: "POST", path: "/repos/tidewater", probability: 0.05 },
  { kind: "502-after", method: "PATCH", path: "/repos/tidewater", probability: 0.1 },
  { kind: "500", path: "/repos/tidewater", probability: 0.05 },
  { kind: "secondary-limit", path: "/repos/tidewater", probability: 0.02 },
  { kind: "502", path: "/graphql", probability: 0.05 },
  { kind: "slow", path: "/graphql", probability: 0.1, milliseconds: 200 },
  { kind: "reset", path: "/app", probability: 0.05 },
  { kind: "lost", probability: 0.1 },
  { kind: "doubled", probability: 0.1 },
  { kind: "delayed", probability: 0.1, milliseconds: 1500 },
  { kind: "reordered", probability: 0.1 },
];
