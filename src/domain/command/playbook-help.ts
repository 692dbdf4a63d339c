import type { CommandForm } from "./credit-help.ts";

/** Every form of `/playbook` with an example. */
export const playbookHelp: readonly CommandForm[] = [
  { example: "/playbook list", meaning: "names the playbooks that there are" },
  { example: "/playbook show node-service", meaning: "tells what a playbook asks for, what it makes, and who made it" },
  { example: "/playbook use node-service name=tides", meaning: "plans a new repository, and does nothing yet" },
  { example: "/playbook apply node-service name=tides", meaning: "plans what a repository that is there lacks" },
  { example: "/playbook confirm 7f3a9c2e", meaning: "carries a plan out, exactly as it was shown" },
  { example: "/playbook cancel", meaning: "drops the plan that waits here" },
  { example: "/playbook status", meaning: "tells how the plans of this issue stand" },
  { example: "/playbook retry", meaning: "goes on where a run could not" },
  { example: "/playbook help", meaning: "shows this" },
];
