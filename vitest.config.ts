import { defineConfig } from "vitest/config";

/** What generates its cases, and tries many more of them by `npm run test:deep`; real histories are tried there alone. */
const deep = ["domain/**", "git", "intake", "render", "sandbox/git", "sandbox/import"];

export default defineConfig(({ mode }) => ({
  test: {
    include:
      mode === "deep"
        ? ["test/**/*.deep.test.ts", ...deep.map((folder) => `test/${folder}/*.test.ts`)]
        : ["test/**/!(*.deep).test.ts"],
    env: { TEST_DEPTH: mode === "deep" ? "deep" : "quick" },
    // Much of the time a test waits for git, which takes a core of its own.
    maxWorkers: "100%",
    unstubEnvs: true,
    globalSetup: ["test/support/prepare-database.ts"],
    setupFiles: ["test/support/isolate-git.ts"],
    reporters: ["default", "./test/support/closing-line.ts"],
    // Bounds for what hangs: on a busy machine the whole app, and a database that is cleared away, take their time.
    testTimeout: mode === "deep" ? 1_800_000 : 180_000,
    hookTimeout: 120_000,
  },
}));
