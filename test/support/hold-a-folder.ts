import { holdFolder } from "../../src/store/hold-folder.ts";

/** A process that holds a folder until it is killed. */
await holdFolder(process.argv[2] ?? "");
process.stdout.write("held\n");
setInterval(() => {}, 60_000);
