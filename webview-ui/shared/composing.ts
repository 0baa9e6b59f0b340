/** While an input method composes a word, every key belongs to it. Older ones only say so by the key code 229. */
export function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells it in older input methods
  return event.isComposing || event.keyCode === 229;
}
