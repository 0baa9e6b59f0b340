// @ts-check
// A real VS Code for tests, and functions to drive it. CONTRIBUTING.md lists its traps.
export * from './atRest.mjs';
export * from './editor.mjs';
export * from './extensionHost.mjs';
export * from './hostTests.mjs';
export * from './notices.mjs';
export * from './quickInput.mjs';
export * from './server.mjs';
export * from './themes.mjs';
export * from './tree.mjs';
export * from './webview.mjs';
export * from './workbench.mjs';
