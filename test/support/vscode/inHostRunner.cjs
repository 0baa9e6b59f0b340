'use strict';
// What VS Code gets as extensionTestsPath. It runs the real tests, brings their output out of the extension host, and
// leaves proof that they ended: VS Code in the browser reports 0 also when the host crashed half-way.
const fs = require('node:fs');
const util = require('node:util');

exports.run = async function run() {
  const { tests, outputFile, resultFile } = JSON.parse(process.env.IN_HOST_RUN);
  const write = (text) => fs.appendFileSync(outputFile, text);
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
    const original = console[level];
    // The extension host made these accessors whose setter does nothing: assigning would be lost.
    Object.defineProperty(console, level, {
      configurable: true,
      writable: true,
      value: (...args) => {
        write(`${util.format(...args)}\n`);
        original.apply(console, args);
      },
    });
  }
  process.stdout.write = (chunk) => {
    write(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    return true;
  };
  let ok = false;
  try {
    await require(tests).run();
    ok = true;
  } finally {
    fs.writeFileSync(resultFile, JSON.stringify({ ok }));
  }
};
