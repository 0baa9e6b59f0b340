// `npm start`: opens a VS Code with the extension, the sandbox and an example workspace. `node scripts/start.mjs
// --help` lists the options.
import { requireNode } from './lib/nodeVersion.mjs';

requireNode();
await (await import('./lib/startRun.mjs')).main();
