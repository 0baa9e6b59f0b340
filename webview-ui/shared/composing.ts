/**
 * True while an input method composes a word: then every key belongs to it. Older ones show it only by key code 229.
 */
export function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- older input methods show it in no other way
  return event.isComposing || event.keyCode === 229;
}
