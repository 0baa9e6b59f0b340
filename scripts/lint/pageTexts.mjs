// @ts-check
// A rule for eslint: the code of a page has no text of ours in it. It asks for each text by a key, `text('find.none')`,
// so that VS Code can show the page in another language. The texts are in src/conversation/panel/pageTexts.ts.

/** Attributes that a person sees or hears. */
const SPOKEN = new Set(['alt', 'aria-description', 'aria-label', 'aria-roledescription', 'placeholder', 'title']);

/** Properties that a person sees or hears. */
const SHOWN_PROPERTIES = new Set(['alt', 'ariaLabel', 'innerText', 'label', 'placeholder', 'textContent', 'title']);

/** Which arguments of these functions a person sees or hears; `Infinity`: all from the first number on. */
const SHOWN_ARGUMENTS = new Map([
  ['append', [0, Infinity]],
  ['badge', [0, 1]],
  ['button', [0, 0]],
  ['copyButton', [0, 0]],
  ['createTextNode', [0, 0]],
  ['el', [2, Infinity]],
  ['iconButton', [1, 1]],
  ['menuButton', [1, 1]],
  ['prepend', [0, Infinity]],
  ['replaceChildren', [0, Infinity]],
  ['say', [0, 0]],
  ['setLabel', [0, 0]],
  ['setText', [1, 1]],
  ['speak', [0, 0]],
  ['spoken', [0, 0]],
  ['tell', [0, 0]],
  ['textButton', [0, 0]],
  ['whileLive', [0, 1]],
]);

/** Begins like a sentence or a label, or goes on like one. */
const PROSE = /^\p{Lu}\p{Ll}{2,}|…/u;
/** Names of keys, which keyboards have in English: `Alt+Enter`, `KeyC`. */
const KEYS =
  /^(?:(?:Mod|Ctrl|Alt|Shift)\+?)*(?:|Enter|Esc|Escape|Space|Home|End|Tab|F\d+|Key[A-Z]|(?:Arrow)?(?:Up|Down|Left|Right)|.)$/u;
/** The key of a text: `find.none`. */
const TEXT_KEY = /^[a-z]\w*\.\w+$/;

/** @param {any} node @returns {string | undefined} the last name of `a.b.c` or `c` */
const nameOf = (node) =>
  node?.type === 'Identifier'
    ? node.name
    : node?.type === 'MemberExpression' && !node.computed
      ? node.property.name
      : undefined;

/** @param {any} key of a property @returns {string | undefined} */
const keyOf = (key) => (key.type === 'Literal' ? String(key.value) : key.name);

/** Whether a person sees or hears what stands here. @param {any} node @returns {boolean} */
function isShown(node) {
  const { parent } = node;
  switch (parent?.type) {
    case 'ConditionalExpression':
      return parent.test !== node && isShown(parent);
    case 'LogicalExpression':
      return (parent.operator !== '&&' || parent.right === node) && isShown(parent);
    case 'BinaryExpression':
      return parent.operator === '+' && isShown(parent);
    case 'ArrayExpression':
    case 'SpreadElement':
    case 'TemplateLiteral':
      return isShown(parent);
    case 'AssignmentExpression':
      return parent.right === node && SHOWN_PROPERTIES.has(nameOf(parent.left) ?? '');
    case 'Property':
      return parent.value === node && (SPOKEN.has(keyOf(parent.key) ?? '') || keyOf(parent.key) === 'label');
    case 'CallExpression': {
      const name = nameOf(parent.callee) ?? '';
      const index = parent.arguments.indexOf(node);
      if (name === 'setAttribute')
        return parent.arguments.slice(0, index).some((/** @type {any} */ { value }) => SPOKEN.has(value));
      const [from = Infinity, to = -1] = SHOWN_ARGUMENTS.get(name) ?? [];
      return index >= from && index <= to;
    }
    default:
      return false;
  }
}

/** Whether a literal is for the program: an error for the log, a comparison, the name of something. @param {any} node */
function isForProgram({ parent }) {
  return (
    ['ImportDeclaration', 'ImportExpression', 'SwitchCase', 'TSLiteralType'].includes(parent.type) ||
    (parent.type === 'BinaryExpression' && parent.operator !== '+') ||
    (parent.type === 'CallExpression' && ['includes', 'startsWith'].includes(nameOf(parent.callee) ?? '')) ||
    (parent.type === 'NewExpression' && /Error$/.test(nameOf(parent.callee) ?? ''))
  );
}

/** @type {import('eslint').Rule.RuleModule} */
export const noTextInPage = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { text: "Give this text a key in src/core/pages/texts.ts, and ask for it: text('…')." },
  },
  create(context) {
    /** @param {any} node @param {string} words */
    const look = (node, words) => {
      const isText =
        /\p{L}/u.test(words) && !TEXT_KEY.test(words) && isShown(node.type === 'TemplateElement' ? node.parent : node);
      const isProse = PROSE.test(words) && !KEYS.test(words) && !isForProgram(node);
      if (isText || isProse) context.report({ node, messageId: 'text' });
    };
    return {
      Literal(/** @type {any} */ node) {
        if (typeof node.value === 'string') look(node, node.value);
      },
      TemplateElement(/** @type {any} */ node) {
        look(node, node.value.cooked);
      },
    };
  },
};
