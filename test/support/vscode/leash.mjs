// Runs a program that must end with the process that started it: `node leash.mjs program args…`, started as leader of a
// process group. When standard input closes, the whole group ends. That also happens when the starter is killed.
import { spawn } from 'node:child_process';

const [program, ...args] = process.argv.slice(2);
const endGroup = () => process.kill(-process.pid, 'SIGKILL');

const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.once('error', (error) => {
  console.error(`${program}: ${error.message}`);
  endGroup();
});
child.once('exit', endGroup);
process.stdin.once('close', endGroup).resume();
