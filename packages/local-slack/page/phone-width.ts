import { useState } from 'preact/hooks';

const KEY = 'phone width';

/** Returns whether the channel has a phone's width, and a function that changes it. The browser remembers it. */
export function usePhoneWidth(): readonly [isPhoneWidth: boolean, toggle: () => void] {
  const [isPhoneWidth, setPhoneWidth] = useState(() => localStorage.getItem(KEY) === 'on');
  const toggle = (): void => {
    if (isPhoneWidth) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, 'on');
    setPhoneWidth(!isPhoneWidth);
  };
  return [isPhoneWidth, toggle];
}
