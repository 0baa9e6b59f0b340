import type { Uri } from 'vscode';
import type { ExplorerNode } from '../explorer/nodes/node';
import type { DeploymentInSession } from './command';

/**
 * What the user had in front of them when they called a command. The command's code loads later, and the user goes on
 * working meanwhile.
 */
export interface Call {
  /** A row, a file or a deployment's ID. Undefined from the palette. Anyone can call a command with anything. */
  readonly argument: unknown;
  readonly selectedRow: ExplorerNode | undefined;
  /** The conversation in front. */
  readonly inFront: DeploymentInSession | undefined;
  /** The file in the active text editor. */
  readonly editor: Uri | undefined;
}
