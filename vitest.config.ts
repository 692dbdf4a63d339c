import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  test: {
    // Deep tests take minutes; `npm run test:deep` runs them, and gives the property tests many more cases.
    include: mode === "deep" ? ["test/**/*.test.ts"] : ["test/**/!(*.deep).test.ts"],
    env: { TEST_DEPTH: mode === "deep" ? "deep" : "quick" },
    unstubEnvs: true,
    setupFiles: ["test/support/isolate-git.ts"],
    reporters: ["default", "./test/support/closing-line.ts"],
    testTimeout: mode === "deep" ? 600_000 : 60_000,
  },
}));
