// No imports here, so that an old Node gets as far as this message.

const MAJOR = 20;
const MINOR = 19;

/** Ends the process with a helpful message if this Node is too old for the project's tools. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > MAJOR || (major === MAJOR && minor >= MINOR)) return;
  console.error(
    `Agents for QuantConnect needs Node ${MAJOR}.${MINOR} or newer. This is Node ${process.versions.node} (${process.execPath}).`,
  );
  process.exit(1);
}
