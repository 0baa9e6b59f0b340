/** Reads what conversations saved in the workspace's memento. What does not fit is left out. */
import * as z from 'zod/mini';
import type { ReadingPosition } from '../pages/conversation/protocol';
import { readPosition } from '../pages/conversation/readers';
import { anyNumber, goodItems } from './goodItems';

/** Later versions may store more: what comes after the known values is ignored. */
const openPanel = z.tuple([z.string(), z.string()], z.unknown());
const position = z.tuple([z.string(), z.unknown()], z.unknown());
const measured = z.tuple([z.string(), anyNumber, z.optional(anyNumber)], z.unknown());

/** The open panels: the deployment of each, and the title of its tab. */
export function readOpenPanels(value: unknown): readonly (readonly [deploymentId: string, title: string])[] {
  return goodItems(openPanel, value).items.map(([deploymentId, title]) => [deploymentId, title]);
}

/** Where the reader was in each conversation. The one that was saved last comes last. */
export function readPositions(value: unknown): readonly (readonly [deploymentId: string, position: ReadingPosition])[] {
  return goodItems(position, value).items.flatMap(([deploymentId, saved]) => {
    const found = readPosition(saved);
    return found ? [[deploymentId, found] as const] : [];
  });
}

/** The deployments with saved measured times: how many parts and bytes each has. Version 0.1.0 did not count bytes. */
export function readMeasuredIndex(
  value: unknown,
): readonly (readonly [deploymentId: string, parts: number, bytes: number | undefined])[] {
  return goodItems(measured, value).items.map(([deploymentId, parts, bytes]) => [deploymentId, parts, bytes]);
}
