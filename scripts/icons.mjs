// Renders media/icon.svg as the 128 x 128 picture that VS Code's marketplace needs. Run this after you change the
// drawing.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { launchChromium } from '../test/support/vscode/workbench.mjs';

const drawing = fs.readFileSync(path.join(root, 'media/icon.svg'), 'utf8');
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
  await page.screenshot({ path: path.join(root, 'media/icon.png'), omitBackground: true });
} finally {
  await browser.close();
}
