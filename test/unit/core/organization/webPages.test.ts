import { expect, it } from 'vitest';
import { deploymentPage, projectPage } from '../../../../src/core/organization/webPages';

it('webPages: an id leads only to its own page', () => {
  const page = new URL(deploymentPage('o', '../../x?y#z'));
  expect([page.origin, page.search, page.hash]).toEqual(['https://www.quantconnect.com', '', '']);
  expect(page.pathname).toBe('/organization/o/assistants/deployment/..%2F..%2Fx%3Fy%23z');
  expect(projectPage(7)).toBe('https://www.quantconnect.com/project/7');
});
