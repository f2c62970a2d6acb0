/** Returns a handler that calls `call` on Escape, unless another handler inside took the key. */
export function onEscape(call: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    call();
  };
}

/** Closes the menu of the clicked entry. */
export function closeMenuOf({ currentTarget }: Event): void {
  if (!(currentTarget instanceof Element)) return;
  const menu = currentTarget.closest('details');
  menu?.removeAttribute('open');
  // The focused entry is hidden with the menu, so move the focus.
  menu?.querySelector('summary')?.focus();
}

/** Closes open menus on Escape and on clicks elsewhere. */
export function closeMenusElsewhere(): void {
  const open = (): HTMLDetailsElement[] => [
    ...document.querySelectorAll<HTMLDetailsElement>('details.menu[open]'),
  ];
  document.addEventListener('click', ({ target }) => {
    for (const menu of open()) {
      if (!(target instanceof Node && menu.contains(target))) menu.open = false;
    }
  });
  document.addEventListener(
    'keydown',
    (event) => {
      const [menu] = open();
      if (event.key !== 'Escape' || menu === undefined) return;
      // Keep the surrounding dialog or panel open.
      event.preventDefault();
      event.stopPropagation();
      menu.open = false;
      menu.querySelector('summary')?.focus();
    },
    { capture: true },
  );
}
