// `npm test`: installs, builds and runs all tests. `node scripts/test.mjs --help` lists the options.
import { requireNode } from './lib/nodeVersion.mjs';

requireNode();
await (await import('./lib/testRun.mjs')).main();
