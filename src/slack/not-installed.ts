/** There is no installation for this tenant: nothing can be done there until somebody installs the app again. */
export class NotInstalled extends Error {
  override name = 'NotInstalled';

  constructor(tenant: string) {
    super(`the app is not installed in ${tenant}`);
  }
}
