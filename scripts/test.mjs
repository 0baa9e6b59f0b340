// `npm test`: from a fresh clone to a verdict. `node scripts/test.mjs --help` tells the options.
import { requireNode } from './lib/nodeVersion.mjs';

requireNode();
await (await import('./lib/testRun.mjs')).main();
