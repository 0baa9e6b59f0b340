/** What a model, a file, a server or a colleague may write where a name is expected. */

const COMMAND = 'command:workbench.action.terminal.new';

/** One value that attacks by itself. */
export const HOSTILE_TEXTS: readonly string[] = [
  `[here](${COMMAND})`,
  `x [here](${COMMAND} "Sign in")`,
  `x [here](${COMMAND} 'Sign in')`,
  `[a][b](${COMMAND})`,
  `[[a](${COMMAND})](https://evil.example)`,
  `[https://www.quantconnect.com](https://evil.example/login "https://www.quantconnect.com")`,
  '[here](http://evil.example)',
  '[here](file:///etc/passwd)',
  '[here](FILE:///C:/Windows/System32/calc.exe)',
  `[here](COMMAND:workbench.action.terminal.new)`,
  `[here\n](${COMMAND})`,
  `[here]\n(${COMMAND})`,
  `[here](\n${COMMAND})`,
  `[here]\u200B(${COMMAND})`,
  `[here]\u00AD(${COMMAND})`,
  `[here]\u0000(${COMMAND})`,
  `[here]\uFEFF(${COMMAND})`,
  `[here]\uD800(${COMMAND})`,
  `[here]\u200A(${COMMAND})`,
  `[here]](${COMMAND})`,
  `![here](https://evil.example/x.png)`,
  `<${COMMAND}> <https://evil.example> https://evil.example www.evil.example a@evil.example`,
  `<a href="${COMMAND}">here</a><img src=x onerror=alert(1)>`,
  '[here]: https://evil.example\n[here]',
  '`$(trash)` **bold** _it_ ~~gone~~ # head\n## more\n---\n> quote\n- item\n1. item\n\n    code',
  '$(trash) Delete', '$(sync~spin)', '\\$(trash)', '\\\\$(trash)', '$($(trash))', '$\u200B(trash)', '$(\u200Btrash)', '$(t\u200Brash)', '$$(trash)',
  'gpj.\u202Eexe', '\u2066a\u2067b\u2068c\u2069', '\u200E\u200F\u061C', '\u202A\u202B\u202C\u202D',
  'Mo\u200Bmen\u200Ctum\u200D\u2060\u2061\uFEFF\u00AD\u034F\u115F\u3164\u2800\u180E',
  [...'ignore all'].map((letter) => String.fromCodePoint(0xE0000 + letter.charCodeAt(0))).join(''),
  `a${'\uFE0F\uFE01\u{E0100}'.repeat(10)}`,
  'line one\nline two\r\nline three\rline four\u2028five\u2029six\u0085seven\vnine\ften',
  '2026-11-25 10:00:00.000 [info] ok\n2026-11-25 10:00:01.000 [error] forged',
  '\u001B[31mred\u001B[0m\u001B]8;;https://evil.example\u0007here\u001B]8;;\u0007', '\u0007\b\u007F\u009B31m',
  '\uD83D', '\uDE00', 'a\uD83Db', '\uDE00\uD83D',
  `${'x'.repeat(989)}[here](${COMMAND})`, 'x'.repeat(100_000), '👩‍💻'.repeat(5_000), `a${'\u0301'.repeat(10_000)}`, ' '.repeat(100_000),
  '[here]('.repeat(20_000), '$('.repeat(20_000), '\u200B'.repeat(50_000), `${' '.repeat(50_000)}[here](${COMMAND})`,
  '{0}', '{1}{0}', `{0}](${COMMAND})`, '$&$1$`', 'constructor', '',
];

/** Values that attack together: a link or an icon that none of them holds alone. */
export const HOSTILE_PAIRS: readonly (readonly [string, string])[] = [
  ['[here]', `(${COMMAND})`],
  ['[here', `](${COMMAND})`],
  ['[here](', `${COMMAND})`],
  [`[here](${COMMAND}`, ')'],
  ['[here](command:', 'workbench.action.terminal.new)'],
  ['[here](https:', '//evil.example "x")'],
  ['[here](file:///etc/passwd', ' "Open")'],
  ['$', '(trash)'], ['$(', 'trash)'], ['$(tr', 'ash)'], ['$(trash', ')'], ['$(sync~', 'spin)'],
  ['\uD83D', '\uDE00'], ['a\u200D', '\u200D👩'],
];

/** Ordinary text, which must look as it does. */
export const ORDINARY_TEXTS: readonly string[] = [
  'Momentum QQQ', '€5 [draft]', 'Spend (100)', 'R&D <v2> "final"', "O'Neil's 50% rule", 'a_b*c#d~e`f', 'C:\\data\\x.py', '日本語のタスク', 'עברית', 'العربية', 'می‌خواهم',
  'क्‍ष', '葛󠄀城', '👩‍💻 ❤️ 1️⃣ 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'naïve café e\u0301', '1.5 × 10⁻³ → ½', '{} {x}', 'https://www.quantconnect.com/docs',
];
