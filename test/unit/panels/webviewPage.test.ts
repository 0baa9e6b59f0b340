import { expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { PageSources } from '../../../src/panels/pageFrame';
import { showPage } from '../../../src/panels/webviewPage';
import { WebviewPanel } from '../../support/vscodeStub';

vi.mock('vscode', () => import('../../support/vscodeStub'));

it('showPage: gives a page its own files, its commands, and a nonce that is new each time', () => {
  const seen: PageSources[] = [];
  const options = [1, 2].map((): vscode.WebviewOptions => {
    const panel = new WebviewPanel();
    showPage(panel as unknown as vscode.WebviewPanel, {
      extensionUri: '/extension' as unknown as vscode.Uri,
      script: 'conversation.js',
      icon: { light: 'light.svg', dark: 'dark.svg' },
      commands: ['quantAgents.one'],
      html: (sources) => {
        seen.push(sources);
        return `<p>${sources.nonce}</p>`;
      },
    });
    expect(panel.webview.html).toBe(`<p>${seen.at(-1)?.nonce ?? ''}</p>`);
    return panel.webview.options;
  });
  expect(options[0]).toMatchObject({ enableScripts: true, enableCommandUris: ['quantAgents.one'] });
  expect(options[0]?.localResourceRoots?.map(String)).toEqual(['/extension/dist/webview']);
  expect(seen[0]?.scriptUri).toMatch(/dist\/webview\/conversation\.js$/);
  expect(seen[0]?.nonce).toHaveLength(24);
  expect(seen[0]?.nonce).not.toBe(seen[1]?.nonce);
});
