/** Id of this browser tab. A dialog opens only in the tab that asked for it, as in Slack. Survives a reload. */
export const tabId = (): string => {
  const known = sessionStorage.getItem('tab');
  if (known !== null) return known;
  const fresh = crypto.randomUUID();
  sessionStorage.setItem('tab', fresh);
  return fresh;
};
