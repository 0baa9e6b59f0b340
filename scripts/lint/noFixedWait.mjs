// @ts-check
// Rules for ESLint. A test that waits for a time fails by chance: the time is too short on a busy machine, and wasted
// on others. It must wait for a state instead (expect.poll, until, atRest). A test about a real duration says so:
//   // eslint-disable-next-line tests/no-fixed-wait -- why this cannot fail by chance

const NAME = 'tests/no-fixed-wait';
const MIN_REASON = 20;

/** @param {any} node @returns {string | undefined} the last name of `a.b.c` or `c` */
const nameOf = (node) =>
  node?.type === 'Identifier'
    ? node.name
    : node?.type === 'MemberExpression' && !node.computed
      ? nameOf(node.property)
      : undefined;

/** @param {any} node */
const isFunction = (node) => node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression';

/**
 * Whether a node uses a name for anything but a negative answer: `resolve(false)` means that a limit was reached.
 * @param {any} node
 * @param {string} name
 * @returns {boolean}
 */
function uses(node, name) {
  if (node === null || typeof node !== 'object') return false;
  if (Array.isArray(node)) return node.some((item) => uses(item, name));
  if (node.type === 'CallExpression' && nameOf(node.callee) === name && node.arguments[0]?.value === false)
    return false;
  if (node.type === 'Identifier') return node.name === name;
  return Object.entries(node).some(([key, value]) => key !== 'parent' && uses(value, name));
}

/** The name of the function that fulfills the promise around a node. @param {any} node @returns {string | undefined} */
function fulfilledBy(node) {
  for (let { parent } = node; parent; parent = parent.parent) {
    if (parent.type !== 'NewExpression' || nameOf(parent.callee) !== 'Promise') continue;
    const [executor] = parent.arguments;
    if (isFunction(executor)) return executor.params[0]?.name;
  }
  return undefined;
}

/** @type {import('eslint').Rule.RuleModule} */
export const noFixedWait = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      wait: 'A test that waits for a time fails by chance: wait for a state, or explain why this one cannot fail.',
    },
  },
  create(context) {
    return {
      /** @param {any} node */
      'ImportDeclaration[source.value=/^(node:)?timers\\u002Fpromises$/]': (node) => {
        context.report({ node, messageId: 'wait' });
      },
      CallExpression(/** @type {any} */ node) {
        const name = nameOf(node.callee);
        const isWait =
          name === 'waitForTimeout' ||
          (name === 'wait' && nameOf(node.callee.object) === 'Atomics') ||
          (name === 'promisify' && nameOf(node.arguments[0]) === 'setTimeout') ||
          (name === 'setTimeout' && isFulfilling(node));
        if (isWait) context.report({ node, messageId: 'wait' });
      },
    };
  },
};

/**
 * A separate rule, because a rule cannot report the comment that turns it off.
 * @type {import('eslint').Rule.RuleModule}
 */
export const explainedWait = {
  meta: { type: 'problem', schema: [], messages: { reason: 'Say after “--” why this wait cannot fail by chance.' } },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (!/^\s*eslint-disable/.test(comment.value) || !comment.value.includes(NAME)) continue;
          const reason = comment.value.split(/\s--\s/)[1]?.trim() ?? '';
          if (reason.length < MIN_REASON && comment.loc) context.report({ loc: comment.loc, messageId: 'reason' });
        }
      },
    };
  },
};

/**
 * A timeout that fulfills a promise. One without a delay is only another turn of the event loop. One that rejects is a
 * limit.
 * @param {any} node
 */
function isFulfilling({ arguments: [work, delay], ...node }) {
  if (delay === undefined || (delay.type === 'Literal' && delay.value === 0)) return false;
  const fulfill = fulfilledBy(node);
  return fulfill !== undefined && uses(work, fulfill);
}
