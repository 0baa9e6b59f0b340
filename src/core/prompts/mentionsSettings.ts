import { findFrontMatter } from '../markdownFile/frontMatter';

/** The key above a prompt file's settings. All other keys of the front matter belong to other tools. */
export const SETTINGS_KEY = 'quantconnect';

/** Whether a file has settings for this extension. This is cheap, and YAML loads only for files that have some. */
export function mentionsSettings(text: string): boolean {
  const matter = findFrontMatter(text);
  if (matter.kind === 'none') return false;
  const yaml = matter.kind === 'closed' ? text.slice(matter.yamlStart, matter.yamlEnd) : text.slice(matter.fenceEnd);
  return /(?:^|[\r\n{,])[ \t]*["']?quantconnect["']?[ \t]*:/.test(yaml);
}
