/**
 * Addresses of QuantConnect's web pages, as seen in May 2026 (docs/api/contract.md). They are all in this file, because
 * they may change.
 */

const SITE = 'https://www.quantconnect.com';

export function deploymentPage(organizationId: string, deploymentId: string): string {
  return `${SITE}/organization/${encodeURIComponent(organizationId)}/assistants/deployment/${encodeURIComponent(deploymentId)}`;
}

export function projectPage(projectId: number): string {
  return `${SITE}/project/${String(projectId)}`;
}
