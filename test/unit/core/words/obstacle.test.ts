import { expect, it } from 'vitest';
import { Obstacle } from '../../../../src/core/words/obstacle';
import { say } from '../../../../src/core/words/words';

it('Obstacle: keeps its words, and its message is harmless where VS Code shows it by itself', () => {
  const words = say('Could not open “{0}”.', '[x](command:y)');
  const obstacle = new Obstacle(words, 'signIn');
  expect([obstacle.words, obstacle.action]).toEqual([words, 'signIn']);
  expect(obstacle.message).not.toContain('](command:');
  expect(new Obstacle('Said by a server.').words).toEqual({ template: '{0}', values: ['Said by a server.'] });
});
