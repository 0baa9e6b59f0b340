// @ts-check
// A rule for ESLint: every import follows the table in scripts/lib/layers.mjs. It looks at the path that an import
// leads to, not at its text. `import-x/no-restricted-paths` knows no packages, no rooms inside rooms, and no
// `import('…')` in a type or with a template.
import path from 'node:path';
import { complaint } from '../lib/arrows.mjs';
import { root } from '../lib/paths.mjs';

/** The text of an import's source, if it is known. @param {any} node @returns {string | undefined} */
function textOf(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TSLiteralType') return textOf(node.literal);
  return node?.type === 'TemplateLiteral' && node.expressions.length === 0 ? node.quasis[0].value.cooked : undefined;
}

/** @type {import('eslint').Rule.RuleModule} */
export const arrow = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      wrong: '{{complaint}}',
      unknown: 'An import names its file in plain text, so that its arrow is known.',
    },
  },
  create(context) {
    const file = path.relative(root, context.filename).split(path.sep).join('/');

    /** @param {any} node @param {any} source */
    const check = (node, source) => {
      const specifier = textOf(source);
      if (specifier === undefined) return context.report({ node, messageId: 'unknown' });
      const found = complaint(file, specifier);
      if (found) context.report({ node, messageId: 'wrong', data: { complaint: found } });
    };
    /** @param {any} node */
    const bySource = (node) => {
      if (node.source) check(node, node.source);
    };
    return {
      ImportDeclaration: bySource,
      ImportExpression: bySource,
      ExportNamedDeclaration: bySource,
      ExportAllDeclaration: bySource,
      /** @param {any} node */
      TSImportType: (node) => check(node, node.source ?? node.argument),
      /** @param {any} node */
      TSExternalModuleReference: (node) => check(node, node.expression),
      /** @param {any} node */
      "CallExpression[callee.name='require']": (node) => check(node, node.arguments[0]),
    };
  },
};
