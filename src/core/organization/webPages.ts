/**
 * QuantConnect's web pages (observed in May 2026, docs/api/contract.md; they may have moved, so every template stands
 * here).
 */

const SITE = 'https://www.quantconnect.com';

export function deploymentPage(organizationId: string, deploymentId: string): string {
  return `${SITE}/organization/${encodeURIComponent(organizationId)}/assistants/deployment/${encodeURIComponent(deploymentId)}`;
}

export function projectPage(projectId: number): string {
  return `${SITE}/project/${String(projectId)}`;
}
