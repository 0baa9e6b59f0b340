import * as vscode from 'vscode';
import { PROJECT_PREFERENCES } from '../core/organization/projectPreferences';
import type { SessionSource } from '../core/organization/session';
import { completionTargetAt, type CompletionTarget } from '../core/prompts/completion';
import { agentSetting, scalarText, type SettingName } from '../core/prompts/settings';
import { say, type Text, type Words } from '../core/words/words';
import type { Offer } from '../ui/languageTexts';
import { isPromptDocument } from './promptDocument';
import { TEXTS } from './texts';

const MEANINGS: Readonly<Record<SettingName, Words>> = {
  agent: say(TEXTS.agentMeaning),
  task: say(TEXTS.taskMeaning),
  project: say(TEXTS.projectMeaning),
  organization: say(TEXTS.organizationMeaning),
};

/** Completes the settings under `quantconnect:` in the front matter of prompt files. */
export class PromptCompletion {
  constructor(private readonly sessions: SessionSource) {}

  async offersAt(document: vscode.TextDocument, position: vscode.Position): Promise<readonly Offer[] | undefined> {
    if (!isPromptDocument(document)) return undefined;
    const target = completionTargetAt(document.getText(), position);
    if (!target) return undefined;
    const range = new vscode.Range(position.line, target.startCharacter, position.line, target.endCharacter);
    const choices = await this.choices(target);
    return choices.map(({ insertText, ...choice }) => {
      const insert = target.needsBlank ? ` ${insertText}` : insertText;
      return { ...choice, insert, filter: insert, range };
    });
  }

  private async choices({ what }: CompletionTarget): Promise<readonly Choice[]> {
    if (what.kind === 'section') {
      return [
        {
          label: 'quantconnect',
          insertText: 'quantconnect:\n  ',
          detail: say(TEXTS.howDeployed),
          kind: vscode.CompletionItemKind.Module,
          asksOn: true,
        },
      ];
    }
    if (what.kind === 'settingName') {
      return what.missing.map((name) => ({
        label: name,
        insertText: `${name}: `,
        detail: MEANINGS[name],
        kind: vscode.CompletionItemKind.Property,
        asksOn: name !== 'task',
      }));
    }
    const kind = vscode.CompletionItemKind.Value;
    if (what.of === 'project')
      return PROJECT_PREFERENCES.map(({ id, label }) => ({ label: id, insertText: id, detail: label, kind }));
    const session = this.sessions.current;
    if (!session) return [];
    if (what.of === 'organization')
      return [{ label: session.organization.name, insertText: scalarText(session.organization.name), kind }];
    if (what.of !== 'agent') return [];
    if (!session.store.snapshot.agents.value) await session.store.refreshAgents();
    const agents = session.store.snapshot.agents.value ?? [];
    return agents.map((agent) => {
      const setting = agentSetting(agents, agent);
      return {
        label: agent.name,
        insertText: scalarText(setting),
        detail: agent.description ?? say(TEXTS.agentId, agent.id),
        kind,
      };
    });
  }
}

interface Choice {
  readonly label: string;
  readonly insertText: string;
  readonly detail?: Text;
  readonly kind: vscode.CompletionItemKind;
  /** Whether to suggest values after this was inserted. */
  readonly asksOn?: boolean;
}
