import * as vscode from 'vscode';
import type { OrganizationKey } from '../core/words/keys/organization';

export const ORGANIZATION_TEXTS: Readonly<Record<OrganizationKey, string>> = {
  'organization.switched': vscode.l10n.t(
    'You switched the account or organization in the meantime, so nothing was sent.',
  ),
  'organization.active': vscode.l10n.t('{0} active'),
  'organization.defaultModel': vscode.l10n.t('default model'),
  'organization.neverRun': vscode.l10n.t('never run'),
  'organization.scheduled': vscode.l10n.t('scheduled'),
  'organization.statusCount': vscode.l10n.t('{0} {1}'),
  'organization.newProject': vscode.l10n.t('A new project for each deployment'),
  'organization.newProjectDetail': vscode.l10n.t(
    'Every run starts clean. Its code and backtests stay in a project of their own.',
  ),
  'organization.oneProject': vscode.l10n.t('One project, reused by the task'),
  'organization.oneProjectDetail': vscode.l10n.t('Every run continues with the code of the last one.'),
};
