import { cpus, loadavg } from "node:os";

/** What a measurement was made on, in one line; the load tells whether the machine was quiet. */
export function describeMachine(): string {
  const processors = cpus();
  const [load = 0] = loadavg();
  return `${processors[0]?.model ?? "unknown processor"}, ${processors.length} cores, Node ${process.version}, load ${load.toFixed(1)}\n`;
}
