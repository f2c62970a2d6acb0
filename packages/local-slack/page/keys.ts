/** A handler that calls when Escape is pressed and nothing inside has taken it. */
export function onEscape(call: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    call();
  };
}

/** Closes the menu whose entry was pressed. */
export function closeMenuOf({ currentTarget }: Event): void {
  if (!(currentTarget instanceof Element)) return;
  const menu = currentTarget.closest('details');
  menu?.removeAttribute('open');
  // What was focused is hidden with the menu.
  menu?.querySelector('summary')?.focus();
}

/** Menus that fold out close when somebody presses Escape or clicks elsewhere, as menus do. */
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
      // The dialog or panel around it stays.
      event.preventDefault();
      event.stopPropagation();
      menu.open = false;
      menu.querySelector('summary')?.focus();
    },
    { capture: true },
  );
}
